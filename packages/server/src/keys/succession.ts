import { type Ctx, inTx } from "../context.ts";
import type { Sealer } from "../kernel/seal.ts";
import { claimOnce } from "../store/index.ts";
import { generateSigningKey, rotateSigningKey } from "./rotation.ts";
import { signingAlgs } from "./sign.ts";
import { selectSigningKeys } from "./signing-keys.sql.ts";

const dayMs = 86_400_000;
const succession = "signing_key_succession";
/** By then the key is not the newest any more, so nobody asks for its successor. */
const markKeptMs = 7 * dayMs;

/**
 * Gives every signing key that is older than the operator wants a successor, which is published at once and signs after
 * every cache has seen it. Of several processes one does it: the mark, under the old key's id, is the right to.
 */
export async function rotateOldKeys(ctx: Ctx, lasting: Sealer): Promise<void> {
  const { rotateAfterDays } = ctx.config.signingKeys;
  if (rotateAfterDays === 0) return;
  const keys = await selectSigningKeys(ctx);
  const now = ctx.clock.now();
  for (const alg of signingAlgs) {
    const newest = keys.findLast((key) => key.alg === alg);
    if (!newest || now - newest.activeAt < rotateAfterDays * dayMs) continue;
    const successor = await generateSigningKey(alg);
    await inTx(ctx, async (tx) => {
      const first = await claimOnce(tx, succession, newest.kid, now + markKeptMs);
      if (first) await rotateSigningKey(tx, lasting, successor);
    });
  }
}
