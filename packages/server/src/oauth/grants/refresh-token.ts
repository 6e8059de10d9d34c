import { readScopes } from "../../consent/index.ts";
import { Fault } from "../../kernel/faults.ts";
import type { RefreshToken } from "../../tokens/index.ts";
import type { Grant } from "./grant.ts";

interface Seen {
  token: RefreshToken;
  /** Undefined for everything that was given. */
  scopes: string[] | undefined;
}

const whys = {
  dead: "The refresh token has expired, was revoked, or was used before.",
  replayed: "The refresh token was used before. Whatever came of it is revoked.",
  closed: "What the user allowed has ended.",
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
  async take({ tokens, app }, { token, scopes }) {
    const result = await tokens.refresh(token, app, scopes);
    if (result.ok) return result.issued;
    throw result.why === "scope" ? tooMuch() : new Fault("invalid_grant", whys[result.why]);
  },
};

function tooMuch(): Fault {
  return new Fault("invalid_scope", "scope has a word that was not given to the refresh token.");
}
