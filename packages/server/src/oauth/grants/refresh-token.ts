import { readScopes } from "../../consent/index.ts";
import type { Ctx } from "../../context.ts";
import { Fault, knownFault } from "../../kernel/faults.ts";
import type { RefreshToken, Tokens } from "../../tokens/index.ts";
import { endedFault, type Grant } from "./grant.ts";

interface Seen {
  token: RefreshToken;
  /** Undefined for everything that was given. */
  scopes: string[] | undefined;
}

type Lost = Exclude<Extract<Awaited<ReturnType<Tokens["refresh"]>>, { ok: false }>["why"], "scope">;

const whys: Record<Lost, (ctx: Ctx) => Fault> = {
  dead: () => new Fault("invalid_grant", "The refresh token is not the living one of its family."),
  replayed: () => new Fault("invalid_grant", "The refresh token was used before. Whatever came of it is revoked."),
  expired: ({ config }) => knownFault(config.issuer, "token-expired", "invalid_grant", "sign in again."),
  revoked: endedFault,
  closed: endedFault,
};

/** RFC 6749 6. */
export const refreshToken: Grant<Seen> = {
  name: "refresh_token",
  look({ tokens, app, form }) {
    const text = form.get("refresh_token");
    if (text === undefined) throw new Fault("invalid_request", "refresh_token is needed.");
    if (form.get("budget_limit") !== undefined || form.get("budget_period") !== undefined) {
      throw new Fault("invalid_scope", "Only the user changes the cap.");
    }
    const token = tokens.openRefreshToken(text);
    if (!token || token.appId !== app.id) throw new Fault("invalid_grant", "The refresh token is unknown.");
    const scope = form.get("scope");
    const scopes = scope === undefined ? undefined : readScopes(scope);
    if (scope !== undefined && !scopes?.length) throw tooMuch();
    return { token, scopes };
  },
  async take({ ctx, tokens, app }, { token, scopes }) {
    const result = await tokens.refresh(token, app, scopes);
    if (result.ok) return result.issued;
    throw result.why === "scope" ? tooMuch() : whys[result.why](ctx);
  },
};

function tooMuch(): Fault {
  return new Fault("invalid_scope", "scope has a word that was not given to the refresh token.");
}
