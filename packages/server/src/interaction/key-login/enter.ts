import { inTx } from "../../context.ts";
import {
  findKeyUser,
  type KeyProof,
  keyAmr,
  type OpenChallenge,
  type Session,
  spendNonce,
  startSession,
  touchSignatureKey,
  type User,
} from "../../people/index.ts";
import { sessionCookie } from "../begin-session.ts";
import type { Desk } from "../desk.ts";

export type Entry =
  | { ok: true; visitor: { session: Session; user: User }; cookie: string }
  | {
      ok: false;
      why: /** Spent by somebody else meanwhile. */ "nonce" | /** No account has the key any more. */ "unknown";
    };

/** Spends the nonce and begins a session, or does neither. The session that the browser had ends (ASVS 7.2.4). */
export async function enterByKey(
  desk: Desk,
  browser: Request,
  challenge: OpenChallenge,
  { key }: NonNullable<KeyProof["owner"]>,
): Promise<Entry> {
  const before = await desk.findVisitor(browser);
  const begun = await inTx(desk.ctx, async (tx) => {
    if (!(await spendNonce(tx, challenge))) return { ok: false as const, why: "nonce" as const };
    const user = await findKeyUser(tx, key.id);
    if (!user) return { ok: false as const, why: "unknown" as const };
    await touchSignatureKey(tx, key.id);
    const started = await startSession(tx, user, {
      amr: [keyAmr],
      userAgent: browser.headers.get("user-agent"),
      replaces: before?.session.id,
    });
    return { ok: true as const, user, ...started };
  });
  if (!begun.ok) return begun;
  const { user, session, token } = begun;
  return { ok: true, visitor: { user, session }, cookie: sessionCookie(desk, token) };
}
