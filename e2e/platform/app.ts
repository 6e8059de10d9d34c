import { createHash } from "node:crypto";
import type { Place } from "./place.ts";

/** What a token endpoint answers, refusals too. */
export interface TokenAnswer {
  access_token: string;
  refresh_token: string;
  id_token?: string;
  scope: string;
  budget?: { limit: string; period: string; remaining: string; resets_at: string | null };
  error?: string;
}

/** A confidential app that speaks the protocol by hand, for tests that are not about the protocol. */
export interface App {
  clientId: string;
  clientSecret: string;
  authorization(more?: Record<string, string>): URL;
  /** The code of an answer for its tokens. */
  redeem(answer: URL): Promise<TokenAnswer>;
  refresh(refreshToken: string): Promise<TokenAnswer>;
}

export const redirectUri = "https://storyteller.example/callback";
const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

export async function registerApp(place: Place, owner: string, name = "Storyteller", uri = redirectUri): Promise<App> {
  const app = await place.command("apps", "create", "--owner", owner, "--name", name, "--redirect-uri", uri);
  const { client_id: clientId, client_secret: clientSecret } = app as Record<string, string>;
  const ask = async (form: Record<string, string>) => {
    const body = new URLSearchParams({ ...form, client_id: clientId!, client_secret: clientSecret! });
    return (await (await fetch(`${place.issuer}/idp/token`, { method: "POST", body })).json()) as TokenAnswer;
  };
  return {
    clientId: clientId!,
    clientSecret: clientSecret!,
    authorization(more = {}) {
      const url = new URL("/idp/authorize", place.issuer);
      const asked = {
        client_id: clientId!,
        redirect_uri: uri,
        response_type: "code",
        scope: "openid profile email offline_access gateway:access",
        state: "a state",
        code_challenge: createHash("sha256").update(verifier).digest("base64url"),
        code_challenge_method: "S256",
        ...more,
      };
      url.search = String(new URLSearchParams(asked));
      return url;
    },
    redeem(answer) {
      const code = answer.searchParams.get("code") ?? "";
      return ask({ grant_type: "authorization_code", code, redirect_uri: uri, code_verifier: verifier });
    },
    refresh: (refreshToken) => ask({ grant_type: "refresh_token", refresh_token: refreshToken }),
  };
}
