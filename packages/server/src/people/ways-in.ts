import type { Ctx } from "../context.ts";
import { canMail } from "../mail/index.ts";
import { listIdentities } from "./identities.sql.ts";
import { selectWaysIn } from "./ways-in.sql.ts";

export { holdUser, type StoredWays, selectWaysIn } from "./ways-in.sql.ts";

/**
 * Whether there is any first factor left: a password, a passkey, a hotkey, an address to which a code can be mailed, or a
 * provider that is still configured.
 */
export async function hasWayIn(ctx: Ctx, userId: string): Promise<boolean> {
  const ways = await selectWaysIn(ctx, userId);
  if (!ways) return false;
  if (ways.hasPassword || ways.passkeys > 0 || ways.hotkeys > 0) return true;
  if (ways.hasProvenEmail && canMail(ctx.config)) return true;
  const { identityProviders } = ctx.config;
  return (await listIdentities(ctx, userId)).some(({ provider }) => Object.hasOwn(identityProviders, provider));
}
