import { findAppByClientId } from "../apps/index.ts";
import type { Ctx } from "../context.ts";
import type { Form } from "../http/form.ts";
import { openJson, type Sealer, sealJson } from "../kernel/seal.ts";
import type { Tokens } from "../tokens/index.ts";
import { withParameters } from "./authorize/reply.ts";

/** What an app that signed its user out asks us to do (OpenID Connect RP-Initiated Logout 1.0, 2). */
export interface EndSession {
  /** Whom a genuine ID token names; null without one, and then the person is asked. */
  userId: string | null;
  /** Where the browser goes afterwards, state included; null when the app named no address that it registered. */
  returnTo: string | null;
}

const nothing: EndSession = { userId: null, returnTo: null };

/** Never refuses: whatever does not hold is left out, so that nobody stays signed in because of an app's mistake. */
export async function readEndSession(ctx: Ctx, tokens: Pick<Tokens, "readIdTokenHint">, parameters: Form) {
  const text = parameters.get("id_token_hint");
  const hint = text === undefined ? undefined : await tokens.readIdTokenHint(text);
  const clientId = parameters.get("client_id") ?? hint?.clientId;
  // A hint that does not hold, or was given to another app, is worth less than none.
  if (clientId === undefined || (text !== undefined && hint?.clientId !== clientId)) return nothing;
  const app = await findAppByClientId(ctx, clientId);
  if (!app || app.deactivatedAt !== null) return nothing;
  const wanted = parameters.get("post_logout_redirect_uri");
  const registered = app.postLogoutRedirectUris.find((uri) => uri === wanted);
  const state = parameters.get("state") ?? null;
  return {
    userId: hint?.userId ?? null,
    returnTo: registered === undefined ? null : withParameters(registered, { state }),
  } satisfies EndSession;
}

const purpose = "end_session";

/** As it travels through a page, or from a form of another site to a request that carries our cookies. */
export function sealEndSession(sealer: Sealer, wanted: EndSession): string {
  return sealJson(sealer, purpose, wanted);
}

export function openEndSession(sealer: Sealer, sealed: string | undefined): EndSession {
  return (sealed === undefined ? undefined : openJson<EndSession>(sealer, purpose, sealed)) ?? nothing;
}
