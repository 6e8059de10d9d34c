import { z } from "zod";
import type { FaultCode } from "../kernel/faults.ts";
import { accountMetadataPath, paths } from "../oauth/index.ts";
import { acrs } from "../people/index.ts";
import { bearerCredentials, clientCredentials } from "./openapi-credentials.ts";
import { answer, type Entry } from "./openapi-entry.ts";

const tag = "Sign in";

/** What apps say of themselves in a form, unless they do by header. */
const client = { client_id: z.string().optional(), client_secret: z.string().optional() };

const text = z.string().optional();

const asked = {
  scope: text.meta({ description: "Separated by blanks; openid profile by default" }),
  optional_scope: text.meta({ description: "What of it the user may leave out" }),
  budget_limit: text.meta({ description: "Proposed to the user: dollars, such as 5.00" }),
  budget_period: z.enum(["day", "week", "month", "total"]).optional(),
};

const authorizing = z.object({
  response_type: z.literal("code"),
  client_id: z.string(),
  redirect_uri: z.string(),
  code_challenge: z.string(),
  code_challenge_method: z.literal("S256"),
  state: text,
  nonce: text,
  prompt: text,
  max_age: text,
  login_hint: text,
  resource: text,
  ...asked,
});

const exchanging = z.object({
  grant_type: z.string().meta({ description: "One of grant_types_supported" }),
  code: text,
  redirect_uri: text,
  code_verifier: text,
  refresh_token: text,
  device_code: text,
  scope: text,
  resource: text,
  ...client,
});

const issued = z.object({
  access_token: z.string(),
  token_type: z.literal("Bearer"),
  expires_in: z.int(),
  refresh_token: text,
  scope: z.string(),
  id_token: text,
  budget: z
    .object({ limit: z.string(), period: z.string(), remaining: z.string(), resets_at: z.iso.datetime().nullable() })
    .optional(),
});

const presenting = z.object({ token: z.string(), token_type_hint: text, ...client });

const introspected = z.union([
  z.object({ active: z.literal(false) }),
  z.object({
    active: z.literal(true),
    token_type: z.enum(["access_token", "refresh_token"]),
    exp: z.int(),
    iat: z.int(),
    scope: z.string(),
    client_id: z.string(),
    username: text,
    sub: z.string(),
    auth_time: z.int().optional(),
    acr: z.enum(acrs).optional(),
  }),
]);

const claims = z.object({
  sub: z.string(),
  name: text,
  username: text,
  preferred_username: text,
  created_at: z.iso.datetime().optional(),
  updated_at: z.int().optional(),
  email: text,
  email_verified: z.boolean().optional(),
});

const device = z.object({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri: z.url(),
  verification_uri_complete: z.url(),
  expires_in: z.int(),
  interval: z.int(),
});

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string(), alg: z.string() })) });

const resource = z.looseObject({ resource: z.url(), authorization_servers: z.array(z.url()) });

const describing: readonly FaultCode[] = [];
const posting: readonly FaultCode[] = [
  "invalid_request",
  "invalid_client",
  "payload_too_large",
  "temporarily_unavailable",
];

/** The protocol. Its endpoints check their forms themselves; here stands what they take and answer. */
export function protocolEntries(): Entry[] {
  return [...documents(), authorization(), ...tokenEndpoints(), ...userinfo()];
}

function documents(): Entry[] {
  const server = z.looseObject({ issuer: z.url(), authorization_endpoint: z.url(), token_endpoint: z.url() });
  const one = (path: string, summary: string, schema: z.ZodType): Entry => ({
    ...{ method: "GET", path, tag, summary, credentials: [], shape: "oauth", refusals: describing },
    answers: answer(schema),
  });
  return [
    one(paths.openidConfiguration, "Describe this platform (OpenID Connect Discovery)", server),
    one(paths.serverMetadata, "Describe this platform (RFC 8414)", server),
    one(accountMetadataPath, "Describe this API to OAuth clients (RFC 9728)", resource),
    one(paths.keySet, "Publish the keys that sign ID tokens (RFC 7517)", keySet),
  ];
}

function authorization(): Entry {
  return {
    ...{ method: "GET", path: paths.authorize, tag, credentials: [], shape: "page", query: authorizing },
    summary: "Ask a person to sign in and to allow something",
    description:
      "Opened in a browser. Leads over sign-in and consent back to redirect_uri, with code, state and iss, or with error.",
    answers: { 303: { description: "On to the next page, or back to the app", content: {} } },
    refusals: ["invalid_request"],
  };
}

function tokenEndpoints(): Entry[] {
  const form = (
    path: string,
    summary: string,
    schema: z.ZodType,
    answers: Entry["answers"],
  ): Omit<Entry, "refusals"> => ({
    ...{ method: "POST", path, tag, summary, credentials: clientCredentials, shape: "oauth", answers },
    body: { content: { "application/x-www-form-urlencoded": schema }, required: true },
  });
  return [
    {
      ...form(paths.token, "Exchange a code, a refresh token or a device code for tokens", exchanging, answer(issued)),
      refusals: [...posting, ...grantRefusals],
    },
    {
      ...form(paths.introspect, "Ask what a token is worth (RFC 7662)", presenting, answer(introspected)),
      refusals: posting,
    },
    {
      ...form(paths.revoke, "End a token (RFC 7009)", presenting, answer(z.object({ revoked: z.literal(true) }))),
      refusals: posting,
    },
    {
      ...form(
        paths.deviceAuthorization,
        "Begin the sign-in of a device without a browser (RFC 8628)",
        z.object({ ...asked, ...client }),
        answer(device),
      ),
      refusals: [...posting, "unauthorized_client", "invalid_scope", "rate_limited"],
    },
  ];
}

const grantRefusals: readonly FaultCode[] = [
  "invalid_grant",
  "unauthorized_client",
  "unsupported_grant_type",
  "invalid_scope",
  "invalid_target",
  "access_denied",
  "authorization_pending",
  "slow_down",
  "expired_token",
];

function userinfo(): Entry[] {
  return (["GET", "POST"] as const).map((method) => ({
    ...{ method, path: paths.userinfo, tag, credentials: bearerCredentials, shape: "oauth" },
    summary: "Tell who signed in",
    description: "The claims that the scopes of the token open.",
    answers: answer(claims),
    refusals: ["invalid_token", "insufficient_scope", "temporarily_unavailable"],
  }));
}
