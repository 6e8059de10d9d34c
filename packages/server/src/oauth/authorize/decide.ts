import type { App } from "../../apps/index.ts";
import { type Cap, type Grant, grantedScopes, isOfAnotherFace, needsConsent } from "../../consent/index.ts";
import type { FaultCode } from "../../kernel/faults.ts";
import { type Acr, reachesAcr } from "../../people/index.ts";
import type { AuthorizeRequest } from "./request.ts";

export interface Situation {
  request: AuthorizeRequest;
  app: Pick<App, "clientType" | "faceChangedAt">;
  /** Who is signed in; epoch milliseconds. */
  session: { authenticatedAt: number; acr: Acr } | undefined;
  /** What this user allows this app now. */
  grant: Grant | undefined;
  /** The caps of the grant; only looked at when the app proposes one. */
  inForce: readonly Cap[];
  /** Whether this very request was just answered on the consent page. */
  answered: boolean;
  /** Epoch milliseconds. */
  now: number;
}

export type Step =
  | { step: "sign_in" }
  /** Whoever is signed in has one factor only, and the app asks for two. */
  | { step: "second_factor" }
  /** `afresh`: everything is shown, although it may be remembered. */
  | { step: "consent"; grant: Grant | undefined; afresh: boolean }
  | { step: "code"; grant: Grant; scopes: string[] }
  | { step: "fault"; code: FaultCode; description: string };

/** What comes next. Knows nothing but what it is given, so it can be asked again after every step. */
export function decide(situation: Situation): Step {
  const { request, app, session, grant, inForce, answered } = situation;
  const silent = request.prompt.includes("none");
  if (!session || !isRecent(situation, session.authenticatedAt)) {
    if (!silent) return { step: "sign_in" };
    return { step: "fault", code: "login_required", description: "Nobody is signed in, or not recently enough" };
  }
  if (!reachesAcr(session.acr, request.acr)) {
    if (!silent) return { step: "second_factor" };
    return { step: "fault", code: "login_required", description: "This needs a sign-in with a second factor" };
  }
  const afresh = isAskedAlways(situation) || (grant !== undefined && isOfAnotherFace(grant, app.faceChangedAt));
  if (!grant || (!answered && (afresh || needsConsent(grant, inForce, request)))) {
    if (!silent) return { step: "consent", grant, afresh };
    return { step: "fault", code: "consent_required", description: "The user has not allowed all of this yet" };
  }
  const scopes = grantedScopes(grant, request);
  if (scopes.length > 0) return { step: "code", grant, scopes };
  return { step: "fault", code: "access_denied", description: "The user allowed nothing of what was asked for" };
}

/** A sign-in made since the request arrived is always recent enough, however small `max_age` is. */
function isRecent({ request, now }: Situation, authenticatedAt: number): boolean {
  if (authenticatedAt >= request.receivedAt) return true;
  // One person has one account here at a time, so selecting an account is signing in.
  if (request.prompt.includes("login") || request.prompt.includes("select_account")) return false;
  return request.maxAgeSeconds === null || now - authenticatedAt <= request.maxAgeSeconds * 1000;
}

/** Anybody can pretend to be a public client whose address is not a claimed https one (OAuth 2.1 7.3.1). */
function isAskedAlways({ request, app }: Situation): boolean {
  if (request.prompt.includes("consent")) return true;
  return app.clientType === "public" && !request.redirectUri.startsWith("https://");
}
