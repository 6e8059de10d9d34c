/** The peer: oidc-provider, in memory, told to do what Innkeeper does. Arguments: port, client id, client secret, redirect URI. */
import { generateKeyPairSync } from "node:crypto";
import Provider from "oidc-provider";
import { machineScope } from "../load/identity-provider.ts";
import { MapAdapter } from "./map-adapter.ts";

const [port, clientId, clientSecret, redirectUri] = process.argv.slice(2) as [string, string, string, string];

const api = "urn:bench:api";

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
    ...["sealed", "jwt"].map((format) => ({
      client_id: `${clientId}-${format}`,
      client_secret: clientSecret,
      redirect_uris: [],
      grant_types: ["client_credentials"],
      response_types: [],
      token_endpoint_auth_method: "client_secret_basic",
    })),
  ],
  scopes: ["openid", machineScope],
  jwks: { keys },
  claims: { profile: ["name", "preferred_username", "updated_at"] },
  pkce: { required: () => true },
  issueRefreshToken: async () => true,
  rotateRefreshToken: () => true,
  ttl: { AccessToken: 3600, ClientCredentials: 3600, AuthorizationCode: 60, IdToken: 3600, RefreshToken: 30 * 86_400 },
  features: {
    introspection: { enabled: true },
    revocation: { enabled: true },
    clientCredentials: { enabled: true },
    // Its way to a JWT is a resource server that wants one.
    resourceIndicators: {
      enabled: true,
      defaultResource: (_: unknown, { clientId: id }: { clientId: string }) =>
        id === `${clientId}-jwt` ? api : undefined,
      getResourceServerInfo: () => ({
        scope: machineScope,
        accessTokenFormat: "jwt",
        accessTokenTTL: 3600,
        jwt: { sign: { alg: "ES256" } },
      }),
    },
  },
  findAccount: (_: unknown, id: string) => ({
    accountId: id,
    claims: () => ({ sub: id, name: "Maya", preferred_username: "maya", updated_at: 1_790_000_000 }),
  }),
});

provider.listen(Number(port), "127.0.0.1", () => {
  process.stdout.write(`${JSON.stringify({ ready: true, port: Number(port) })}\n`);
});
