/** The peer: oidc-provider, in memory, told to do what Innkeeper does. Arguments: port, client id, client secret, redirect URI. */
import { generateKeyPairSync } from "node:crypto";
import Provider from "oidc-provider";
import { MapAdapter } from "./map-adapter.ts";

const [port, clientId, clientSecret, redirectUri] = process.argv.slice(2) as [string, string, string, string];

const keys = [
  generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey,
  generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey,
].map((key) => ({ ...key.export({ format: "jwk" }), use: "sig" }));

// It warns of what must not go into production; this does not.
console.warn = () => {};
console.info = () => {};

const provider = new Provider(`http://127.0.0.1:${port}`, {
  adapter: MapAdapter,
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [redirectUri],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "client_secret_basic",
      id_token_signed_response_alg: "ES256",
    },
  ],
  jwks: { keys },
  claims: { profile: ["name", "preferred_username", "updated_at"] },
  pkce: { required: () => true },
  issueRefreshToken: async () => true,
  rotateRefreshToken: () => true,
  ttl: { AccessToken: 3600, AuthorizationCode: 60, IdToken: 3600, RefreshToken: 30 * 86_400 },
  features: { introspection: { enabled: true }, revocation: { enabled: true } },
  findAccount: (_: unknown, id: string) => ({
    accountId: id,
    claims: () => ({ sub: id, name: "Maya", preferred_username: "maya", updated_at: 1_790_000_000 }),
  }),
});

provider.listen(Number(port), "127.0.0.1", () => {
  process.stdout.write(`${JSON.stringify({ ready: true, port: Number(port) })}\n`);
});
