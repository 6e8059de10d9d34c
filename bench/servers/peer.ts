import { type IdentityProvider, redirectUri, scopes, signIn } from "../load/identity-provider.ts";
import { startProgram } from "../machine/program.ts";
import { findFreePort } from "./innkeeper.ts";

/** oidc-provider, with its client registered, a user signed in and consent given. */
export async function startPeer(): Promise<IdentityProvider> {
  const client = { id: "bench", secret: "a-secret-as-long-as-those-of-innkeeper-are-48-ch" };
  const port = await findFreePort();
  const args = [String(port), client.id, client.secret, redirectUri];
  const program = await startProgram({ script: "../servers/oidc-provider.ts", args });
  const idp = {
    name: "oidc-provider",
    program,
    client,
    paths: {
      authorize: "/auth",
      token: "/token",
      introspect: "/token/introspection",
      userinfo: "/me",
      keySet: "/jwks",
      discovery: "/.well-known/openid-configuration",
    },
  };
  return {
    ...idp,
    machines: { sealed: { ...client, id: "bench-sealed" }, jwt: { ...client, id: "bench-jwt" } },
    cookie: await signIn(idp, scopes.withIdToken, [{ login: "maya", password: "anything" }, {}]),
  };
}
