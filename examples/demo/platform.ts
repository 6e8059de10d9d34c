import * as oidc from "openid-client";
import type { Account } from "./account.ts";
import { readBudget } from "./budget.ts";
import type { Settings } from "./settings.ts";

/** What must be kept between leaving for the platform and coming back. */
export interface PendingSignIn {
  codeVerifier: string;
  nonce: string;
}

/** The platform takes Storyteller's tokens no more. */
export class SignInEnded extends Error {
  readonly why: "revoked" | "expired";
  constructor(why: "revoked" | "expired") {
    super(`the sign-in has ended: ${why}`);
    this.why = why;
  }
}

const scope = "openid profile email offline_access gateway:access";
const proposedBudget = { budget_limit: "1.00", budget_period: "month" };
const renewBeforeMs = 60_000;

/** Everything Storyteller does with the platform as an OAuth client, by openid-client. */
export class Platform {
  readonly #settings: Settings;
  #discovered: Promise<oidc.Configuration> | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Where to send the browser. `askAgain` shows the consent page even if it was answered before. */
  async beginSignIn(askAgain: boolean): Promise<{ url: URL; state: string; pending: PendingSignIn }> {
    const codeVerifier = oidc.randomPKCECodeVerifier();
    const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
    const url = oidc.buildAuthorizationUrl(await this.#configuration(), {
      redirect_uri: `${this.#settings.origin}/callback`,
      scope,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: "S256",
      ...proposedBudget,
      ...(askAgain ? { prompt: "consent" } : {}),
    });
    return { url, state, pending: { codeVerifier, nonce } };
  }

  /** @throws oidc.AuthorizationResponseError when the user refused, other errors when the answer is not to be trusted */
  async finishSignIn(callback: URL, state: string, pending: PendingSignIn): Promise<Account> {
    const configuration = await this.#configuration();
    const tokens = await oidc.authorizationCodeGrant(configuration, callback, {
      expectedState: state,
      expectedNonce: pending.nonce,
      pkceCodeVerifier: pending.codeVerifier,
      idTokenExpected: true,
    });
    const who = await oidc.fetchUserInfo(configuration, tokens.access_token, tokens.claims()!.sub);
    const account: Account = {
      name: who.name ?? who.preferred_username ?? who.email ?? who.sub,
      accessToken: "",
      refreshToken: undefined,
      renewAt: 0,
      budget: undefined,
      models: [],
      turns: [],
    };
    keepTokens(account, tokens);
    return account;
  }

  /**
   * An access token that is good for some time, renewed first where it must be.
   * @throws SignInEnded when the platform gives no more
   */
  async freshToken(account: Account): Promise<string> {
    if (Date.now() >= account.renewAt) {
      account.renewal ??= this.#renew(account).finally(() => {
        account.renewal = undefined;
      });
      await account.renewal;
    }
    return account.accessToken;
  }

  /** Gives the tokens back; the refresh token takes its whole family along (RFC 7009 2.1). */
  async endSignIn(account: Account): Promise<void> {
    await oidc.tokenRevocation(await this.#configuration(), account.refreshToken ?? account.accessToken);
  }

  async #renew(account: Account): Promise<void> {
    if (!account.refreshToken) throw new SignInEnded("expired");
    try {
      keepTokens(account, await oidc.refreshTokenGrant(await this.#configuration(), account.refreshToken));
    } catch (error) {
      if (error instanceof oidc.ResponseBodyError && error.error === "invalid_grant") throw new SignInEnded("revoked");
      throw error;
    }
  }

  #configuration(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings;
    // openid-client refuses http unless told: only an issuer on this very machine may speak it.
    const execute = issuer.protocol === "http:" ? [oidc.allowInsecureRequests] : [];
    this.#discovered ??= oidc.discovery(issuer, clientId, clientSecret, undefined, { execute }).catch((error) => {
      this.#discovered = undefined;
      throw error;
    });
    return this.#discovered;
  }
}

function keepTokens(account: Account, tokens: oidc.TokenEndpointResponse): void {
  account.accessToken = tokens.access_token;
  account.refreshToken = tokens.refresh_token ?? account.refreshToken;
  account.budget = readBudget(tokens.budget);
  const expiresAt = Date.now() + (tokens.expires_in ?? 0) * 1000;
  // A cap that starts again is known only from the next token answer.
  account.renewAt = Math.min(expiresAt - renewBeforeMs, account.budget?.resetsAt ?? Number.POSITIVE_INFINITY);
}
