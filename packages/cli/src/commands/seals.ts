import { inTx, openSeals, renewEpoch, rotateSigningKey } from "@innkeeper/server";
import { answer } from "../process/answer.ts";
import { withHouse } from "../process/house.ts";
import type { Flags } from "../process/settings.ts";

/** Publishes a new signing key. It signs once every client had time to fetch it, or at once with `--now`. */
export function rotateKeys(flags: Flags & { alg?: string; now?: boolean; json?: boolean }): Promise<void> {
  return withHouse(flags, async ({ ctx }) => {
    const seals = await openSeals(ctx);
    const algs = flags.alg === undefined ? (["RS256", "ES256"] as const) : ([flags.alg] as ("RS256" | "ES256")[]);
    const rotated = await inTx(ctx, (tx) =>
      Promise.all(algs.map((alg) => rotateSigningKey(tx, seals.lasting, alg, { now: flags.now ?? false }))),
    );
    answer(
      flags.json,
      { keys: rotated.map(({ kid, alg, activeAt }) => ({ kid, alg, active_at: new Date(activeAt).toISOString() })) },
      rotated.map(({ kid, alg, activeAt }) => `${alg}  ${kid}  signs from ${new Date(activeAt).toISOString()}`),
    );
  });
}

/** After restoring a backup: refuses every session, code and token sealed before. */
export function newEpoch(flags: Flags & { json?: boolean }): Promise<void> {
  return withHouse(flags, async ({ ctx }) => {
    await inTx(ctx, renewEpoch);
    answer(flags.json, { renewed: true }, ["Every session, code and token from before is refused within a second."]);
  });
}
