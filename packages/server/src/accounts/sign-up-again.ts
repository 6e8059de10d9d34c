import type { Ctx, Tx } from "../context.ts";
import { sha256Base64Url } from "../kernel/hash.ts";
import type { PasswordHasher } from "../kernel/password.ts";
import { findUserByLogin, normaliseUsername, type User } from "../people/index.ts";
import { claimOnce, findOnce } from "../store/index.ts";

const kind = "sign_up";
const rememberedMs = 600_000;

/** A form, and the mark of the browser that sends it. */
export interface SentForm {
  browser: string;
  username: string;
}

/** Remembers for ten minutes which account this browser has made by which name. */
export async function rememberSender(tx: Tx, sent: SentForm, userId: string): Promise<void> {
  await claimOnce(tx, kind, markOf(sent), tx.clock.now() + rememberedMs, userId);
}

/**
 * The account that the same form made a moment ago, as when its button is pressed twice. Nobody learns anything who has not
 * both the mark of that browser and the password.
 *
 * @throws Fault `temporarily_unavailable` when too many passwords are waiting.
 */
export async function findMadeBefore(
  ctx: Ctx,
  hasher: PasswordHasher,
  sent: SentForm & { password: string },
): Promise<User | undefined> {
  const mark = await findOnce(ctx, kind, markOf(sent));
  if (!mark || mark.expiresAt <= ctx.clock.now()) return undefined;
  const found = await findUserByLogin(ctx, sent.username);
  if (!found || found.user.id !== mark.value || found.user.disabledAt !== null) return undefined;
  return (await hasher.verify(found.passwordHash, sent.password)) ? found.user : undefined;
}

function markOf({ browser, username }: SentForm): string {
  return sha256Base64Url(JSON.stringify([browser, normaliseUsername(username)]));
}
