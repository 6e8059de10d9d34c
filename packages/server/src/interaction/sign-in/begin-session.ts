import type { Tx } from "../../context.ts";
import { type Acr, type Session, seeDevice, startSession, type User } from "../../people/index.ts";
import type { Desk } from "../desk.ts";

/** Longer than any session lives; the database decides when it ends. */
const sessionCookieSeconds = 90 * 86_400;

/** How somebody was recognised. */
export interface Recognised {
  user: User;
  /** RFC 8176. */
  amr: readonly string[];
  acr: Acr;
  /** The session that the browser had, which ends (ASVS 7.2.4). */
  replaces: string | undefined;
  /**
   * When they proved who they are, where the session only goes on under a new cookie; epoch milliseconds.
   * @default now
   */
  authenticatedAt?: number;
}

/** Somebody who is signed in now, and the cookie for their browser. */
export interface Begun {
  visitor: { session: Session; user: User };
  cookie: string;
}

/** A new session always. Nothing but the entrance and the page of the second factor may begin one. */
export async function beginSession(
  desk: Desk,
  tx: Tx,
  browser: Request,
  { user, ...recognised }: Recognised,
): Promise<Begun> {
  const userAgent = browser.headers.get("user-agent");
  const deviceId = await seeDevice(tx, user, { mark: desk.cookies.read(browser, "browser"), userAgent });
  const { token, session } = await startSession(tx, user, { ...recognised, userAgent, deviceId });
  return { visitor: { session, user }, cookie: desk.cookies.write("session", token, sessionCookieSeconds) };
}
