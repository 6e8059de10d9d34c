import type { ChangeKind, Ctx } from "../context.ts";

/**
 * Reads again what changed anywhere. If that fails, the next use, told by calling the answer, tries again. Of several
 * reads at once only the last to begin is kept.
 *
 * @param what for the log
 */
export function following<T>(
  ctx: Ctx,
  what: string,
  changed: ChangeKind,
  { read, keep }: { read: () => Promise<T>; keep: (value: T) => void },
): { follow: () => void; reload: () => Promise<void> } {
  let reads = 0;
  const reload = async () => {
    const turn = ++reads;
    const value = await read();
    if (turn === reads) keep(value);
  };
  let stale = false;
  const follow = () => {
    if (!stale) return;
    stale = false;
    reload().catch((error) => {
      stale = true;
      ctx.log.warn({ err: error }, `${what} cannot be read again`);
    });
  };
  ctx.changes.subscribe(({ kind }) => {
    stale ||= kind === changed || kind === "everything";
    follow();
  });
  return { follow, reload };
}
