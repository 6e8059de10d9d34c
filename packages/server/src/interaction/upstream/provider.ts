import type * as OpenIdClient from "openid-client";
import { z } from "zod";
import type { IdentityProvider } from "../../config/config.ts";
import type { Ctx } from "../../context.ts";
import { guardedFetch } from "./guarded-fetch.ts";
import { type Authorised, readAuthorised } from "./upstream-claims.ts";

/** What the answer must fit. */
export interface Expected {
  state: string;
  nonce: string;
  verifier: string;
}

/**
 * - `unreachable`: the provider did not answer, or not as one.
 * - `refused`: it says no, because the person or the provider did.
 * - `invalid`: what came back does not hold: another issuer, a wrong signature, an answer to another question.
 */
export type UpstreamFailure = "unreachable" | "refused" | "invalid";

export type UpstreamAnswer = { ok: true; claims: Authorised } | { ok: false; why: UpstreamFailure };

/** Another OpenID provider, as its client sees it. */
export interface Provider {
  /** As it stands in addresses. */
  readonly id: string;
  readonly config: IdentityProvider;
  /** Where to send the browser; undefined when the provider cannot be reached. */
  begin(expected: Expected, redirectUri: string, asked?: { again: boolean }): Promise<string | undefined>;
  /** Exchanges the answer at `url` and verifies what it says. */
  finish(expected: Expected, url: URL): Promise<UpstreamAnswer>;
}

/** How long what a provider says of itself is believed. Its keys are fetched anew when one is missing. */
const metadataLifeMs = 3_600_000;

export function createProvider(ctx: Ctx, id: string, config: IdentityProvider): Provider {
  let known: { configuration: OpenIdClient.Configuration; until: number } | undefined;

  async function open(client: typeof OpenIdClient): Promise<OpenIdClient.Configuration> {
    const now = ctx.clock.monotonic();
    if (known && now < known.until) return known.configuration;
    const configuration = await discover(ctx, client, config);
    known = { configuration, until: now + metadataLifeMs };
    return configuration;
  }

  return {
    id,
    config,
    async begin({ state, nonce, verifier }, redirectUri, { again } = { again: false }) {
      const client = await import("openid-client");
      try {
        const configuration = await open(client);
        return client.buildAuthorizationUrl(configuration, {
          redirect_uri: redirectUri,
          scope: config.scopes.join(" "),
          state,
          nonce,
          code_challenge: await client.calculatePKCECodeChallenge(verifier),
          code_challenge_method: "S256",
          ...(again && { prompt: "login" }),
        }).href;
      } catch (error) {
        report(ctx, id, error);
        return undefined;
      }
    },
    async finish(expected, url) {
      const client = await import("openid-client");
      try {
        return { ok: true, claims: await exchange(client, await open(client), expected, url) };
      } catch (error) {
        report(ctx, id, error);
        return { ok: false, why: whyOf(client, error) };
      }
    },
  };
}

async function discover(
  ctx: Ctx,
  client: typeof OpenIdClient,
  config: IdentityProvider,
): Promise<OpenIdClient.Configuration> {
  const issuer = new URL(config.issuer);
  const execute = [client.enableNonRepudiationChecks];
  if (issuer.protocol === "http:") execute.push(client.allowInsecureRequests);
  return client.discovery(issuer, config.clientId, undefined, secretAuthentication(client, config.clientSecret), {
    [client.customFetch]: guardedFetch(ctx.outbound, issuer.origin),
    execute,
  });
}

/** In the header, as every provider must take it (RFC 6749 2.3.1), unless this one says that it takes it in the body only. */
function secretAuthentication(client: typeof OpenIdClient, secret: string): OpenIdClient.ClientAuth {
  const [basic, post] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
  return (server, ...request) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    const onlyPost = !methods.includes("client_secret_basic") && methods.includes("client_secret_post");
    return (onlyPost ? post : basic)(server, ...request);
  };
}

async function exchange(
  client: typeof OpenIdClient,
  configuration: OpenIdClient.Configuration,
  { state, nonce, verifier }: Expected,
  url: URL,
): Promise<Authorised> {
  // Compares state and issuer (RFC 9207), then redeems, and checks signature, issuer, audience, times and nonce.
  const tokens = await client.authorizationCodeGrant(configuration, url, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  });
  const token = tokens.claims()!;
  if (token.email !== undefined || !configuration.serverMetadata().userinfo_endpoint) return readAuthorised(token);
  const more = await client.fetchUserInfo(configuration, tokens.access_token, token.sub);
  return readAuthorised({ ...more, ...token });
}

function whyOf(client: typeof OpenIdClient, error: unknown): UpstreamFailure {
  if (error instanceof client.AuthorizationResponseError) return "refused";
  if (error instanceof z.ZodError) return "invalid";
  const { code } = error as { code?: unknown };
  if (typeof code !== "string") return "unreachable";
  const broken = ["OAUTH_TIMEOUT", "OAUTH_RESPONSE_IS_NOT_CONFORM", "OAUTH_RESPONSE_IS_NOT_JSON", "OAUTH_PARSE_ERROR"];
  return broken.includes(code) ? "unreachable" : "invalid";
}

/** Names and codes only: messages and causes may hold tokens. */
function report({ log }: Ctx, provider: string, error: unknown): void {
  const { name, code, cause } = error as { name?: string; code?: string; cause?: { name?: string; why?: string } };
  log.warn({ provider, name, code, cause: cause?.why ?? cause?.name }, "a sign-in through another provider failed");
}
