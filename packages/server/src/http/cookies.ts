import { assert } from "../kernel/assert.ts";

/**
 * `session` is the sign-in; `browser` a long-lived random mark that ties a form to the browser it was shown in; `halfway` a
 * sign-in that waits for its second factor; `language` the language chosen in the foot of a page.
 */
export type CookieName = "session" | "browser" | "halfway" | "language";

export interface Cookies {
  read(request: Request, name: CookieName): string | undefined;
  /** A `Set-Cookie` header. `value` is base64url text. */
  write(name: CookieName, value: string, maxAgeSeconds: number): string;
  /** The `Set-Cookie` header that removes it. */
  clear(name: CookieName): string;
}

const value = /^[\w-]{1,512}$/;

/**
 * On https the names begin with `__Host-`, so that browsers take the cookies from this very host only. http is allowed on
 * loopback alone, where browsers would refuse that prefix.
 */
export function createCookies(issuer: string): Cookies {
  const secure = issuer.startsWith("https:");
  const prefix = secure ? "__Host-ik_" : "ik_";
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
  return {
    read(request, name) {
      const found = findCookie(request.headers.get("cookie") ?? "", prefix + name);
      return found !== undefined && value.test(found) ? found : undefined;
    },
    write(name, content, maxAgeSeconds) {
      assert(value.test(content), "a cookie holds base64url text");
      return `${prefix}${name}=${content}; ${attributes}; Max-Age=${maxAgeSeconds}`;
    },
    clear: (name) => `${prefix}${name}=; ${attributes}; Max-Age=0`,
  };
}

function findCookie(header: string, name: string): string | undefined {
  for (const pair of header.split(";")) {
    const equals = pair.indexOf("=");
    if (equals !== -1 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}
