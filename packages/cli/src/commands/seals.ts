import {
  endAllSessions,
  generateSigningKey,
  inTx,
  openSeals,
  renewEpoch,
  rotateSigningKey,
  signingAlgs,
} from "@innkeeper/server";
import { answer, CommandFault } from "../process/answer.ts";
import { withHouse } from "../process/house.ts";
import type { Flags } from "../process/settings.ts";

/** Publishes a new signing key. It signs once every client had time to fetch it, or at once with `--now`. */
export function rotateKeys(flags: Flags & { alg?: string; now?: boolean; json?: boolean }): Promise<void> {
  const algs = signingAlgs.filter((alg) => flags.alg === undefined || alg === flags.alg);
  if (algs.length === 0) throw new CommandFault(`"${flags.alg}" is none of ${signingAlgs.join(", ")}.`);
  return withHouse(flags, async ({ ctx }) => {
    const { lasting } = await openSeals(ctx);
    const fresh = await Promise.all(algs.map(generateSigningKey));
    const rotated = await inTx(ctx, async (tx) => {
      const stored = [];
      for (const key of fresh) stored.push(await rotateSigningKey(tx, lasting, key, { now: flags.now ?? false }));
      return stored;
    });
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
    await inTx(ctx, async (tx) => {
      await renewEpoch(tx);
      // The only thing a browser carries that is not sealed, and so has no epoch of its own.
      await endAllSessions(tx);
    });
    answer(flags.json, { renewed: true }, ["Every session, code and token from before is refused within a second."]);
  });
}
