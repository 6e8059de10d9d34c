import type { Ctx, Tx } from "../context.ts";
import { canMail, queueMail } from "../mail/index.ts";
import {
  type CodeRefusal,
  claimCode,
  createCode,
  findPendingCode,
  findUserByLogin,
  normaliseEmail,
  setVerifiedEmail,
  type User,
} from "../people/index.ts";
import type { MailText } from "../ui/mail/mail-text.ts";

const kind = "email";

/** What is written to an address that somebody says is theirs, and to the one that it takes the place of. */
export interface EmailWords {
  code: MailText;
  /** Where somebody else has proven the address: it is they who read it. */
  taken(owner: Pick<User, "locale">): MailText;
  replaced: MailText;
}

/** The address that waits for its code, if any. */
export async function findPendingEmail(ctx: Ctx, userId: string): Promise<string | undefined> {
  return (await findPendingCode(ctx, userId, kind))?.target;
}

/**
 * Writes to an address with a code that proves it. Where somebody else has proven it, the mail says so, and no code: the
 * page tells nobody. `email` must have passed `normaliseEmail`.
 */
export async function mailEmailCode(tx: Tx, user: User, email: string, words: EmailWords): Promise<void> {
  if (!canMail(tx.config)) return;
  const owner = (await findUserByLogin(tx, normaliseEmail(email)!))?.user;
  const { code, expiresAt } = await createCode(tx, { kind, userId: user.id, target: email });
  const isTaken = owner !== undefined && owner.id !== user.id;
  const text = isTaken ? words.taken(owner) : { ...words.code, code };
  await queueMail(tx, { to: email, kind: isTaken ? "email_taken" : "email_code", text, usefulUntil: expiresAt });
}

export type EmailConfirmation = { ok: true; email: string } | { ok: false; why: "taken" } | CodeRefusal;

/** A code as somebody who is signed in has typed it. */
export interface TypedCode {
  user: User;
  session: { id: string };
  code: string;
}

/** Takes the code that was mailed last and makes the address the user's own. The one before is told. */
export async function confirmEmail(
  ctx: Ctx,
  { user, session, code }: TypedCode,
  words: EmailWords,
): Promise<EmailConfirmation> {
  const pending = await findPendingCode(ctx, user.id, kind);
  if (!pending) return { ok: false, why: "expired" };
  return claimCode(ctx, { id: pending.id, kind, code }, async (tx, { target }): Promise<EmailConfirmation> => {
    const verdict = await setVerifiedEmail(tx, user.id, target, session.id);
    if (!verdict.ok) return verdict;
    const { replaced } = verdict;
    if (replaced !== null) await queueMail(tx, { to: replaced, kind: "email_replaced", text: words.replaced });
    return { ok: true, email: target };
  });
}
