import { inTx } from "../context.ts";
import { type Session, startSession, type User } from "../people/index.ts";
import type { Desk } from "./desk.ts";

/** Longer than any session lives; the database decides when it ends. */
const sessionCookieSeconds = 90 * 86_400;

/** What the browser keeps of a session that began. */
export function sessionCookie(desk: Desk, token: string): string {
  return desk.cookies.write("session", token, sessionCookieSeconds);
}

/** By password. A new session always; the one the browser had ends (ASVS 7.2.4). */
export async function beginSession(
  desk: Desk,
  browser: Request,
  user: User,
): Promise<{ visitor: { session: Session; user: User }; cookie: string }> {
  const before = await desk.findVisitor(browser);
  const { token, session } = await inTx(desk.ctx, (ctx) =>
    startSession(ctx, user, {
      amr: ["pwd"],
      userAgent: browser.headers.get("user-agent"),
      replaces: before?.session.id,
    }),
  );
  return { visitor: { session, user }, cookie: sessionCookie(desk, token) };
}
