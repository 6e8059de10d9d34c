import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Account } from "./account.ts";
import type { PendingSignIn } from "./platform.ts";

/** What the server remembers of one browser. Tokens never leave it. */
export interface Session {
  /** Sign-ins under way, by state: two tabs may each have one. */
  pending: Map<string, PendingSignIn>;
  account?: Account;
}

const cookie = "storyteller";
const sessionsMax = 1000;

/** Sessions in memory, by cookie: a demo forgets everybody when it stops. */
export class Sessions {
  readonly #byId = new Map<string, Session>();

  find(c: Context): Session | undefined {
    return this.#byId.get(getCookie(c, cookie) ?? "");
  }

  /** A new session under a name that nobody can guess; the one of before ends, and the oldest makes room. */
  open(c: Context): Session {
    this.close(c);
    const [oldest] = this.#byId.keys();
    if (this.#byId.size >= sessionsMax && oldest) this.#byId.delete(oldest);
    const id = randomBytes(32).toString("base64url");
    const session: Session = { pending: new Map() };
    this.#byId.set(id, session);
    // Not Secure: the demo is on loopback, over http.
    setCookie(c, cookie, id, { httpOnly: true, sameSite: "Lax", path: "/" });
    return session;
  }

  close(c: Context): void {
    const id = deleteCookie(c, cookie, { path: "/" });
    if (id) this.#byId.delete(id);
  }
}
