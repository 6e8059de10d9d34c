import { describeScopes, findScope } from "../consent/index.ts";
import type { Ctx } from "../context.ts";
import { createCookies } from "../http/cookies.ts";
import type { Credentials } from "./openapi-entry.ts";

/** The ways to prove who calls, under the names by which operations refer to them. */
export function describeCredentials({ config: { issuer, brand } }: Ctx): Record<string, unknown> {
  const header = (name: string, description: string) => ({ type: "apiKey", in: "header", name, description });
  // The name as a browser is told it.
  const [cookie = ""] = createCookies(issuer).clear("session").split("=");
  return {
    apiKey: { type: "http", scheme: "bearer", description: "A key of your own, sk-ik-…" },
    oauth2: {
      type: "oauth2",
      description: "The access token of an app, as bearer",
      flows: {
        authorizationCode: {
          authorizationUrl: `${issuer}/idp/authorize`,
          tokenUrl: `${issuer}/idp/token`,
          refreshUrl: `${issuer}/idp/token`,
          scopes: describeScopes(brand.name),
        },
      },
    },
    session: {
      type: "apiKey",
      in: "cookie",
      name: cookie,
      description: "The sign-in of a browser. It changes things from this platform's own pages only",
    },
    hotkey: header("X-Innkeeper-Hotkey", "A linked key: its SS58 address, or 64 hexadecimal digits"),
    hotkeySignature: header("X-Innkeeper-Signature", "Its signature of the call, in hexadecimal"),
    hotkeyNonce: header("X-Innkeeper-Nonce", "The time of signing and a random word; works once"),
    client: { type: "http", scheme: "basic", description: "client_id and client_secret of an app" },
  };
}

/** An app proves who it is by header, or with `client_id` and `client_secret` in the form. */
export const clientCredentials: readonly Credentials[] = [{ client: [] }, {}];

export const bearerCredentials: readonly Credentials[] = [{ apiKey: [] }, { oauth2: [] }];

/** Any one of the scopes is enough; the user in person needs none, and is the only one where there is none. */
export function userCredentials(anyOf: readonly string[]): Credentials[] {
  // What only an operator may give stands on no token.
  const granted = anyOf.filter((scope) => findScope(scope)?.grantable !== "operator");
  const tokens: Credentials[] =
    anyOf.length === 0 ? [] : [{ apiKey: [] }, ...granted.map((scope) => ({ oauth2: [scope] }))];
  return [...tokens, { session: [] }, { hotkey: [], hotkeySignature: [], hotkeyNonce: [] }];
}
