import type { App } from "../apps/index.ts";
import { capsInForce, findLiveGrant } from "../consent/index.ts";
import { redirect } from "../http/respond.ts";
import {
  type AuthorizeRequest,
  codeUrl,
  decide,
  faultUrl,
  findClient,
  openRequest,
  type Step,
  sealRequest,
} from "../oauth/index.ts";
import type { Session, User } from "../people/index.ts";
import type { Tokens } from "../tokens/index.ts";
import { browserMark } from "./browser-mark.ts";
import type { Desk } from "./desk.ts";
import type { FatalReason } from "./pages/fatal-error.ts";
import { secondFactorNeededPath } from "./pages/second-factor-needed.ts";

export const signInPath = "/idp/login";
export const consentPath = "/idp/authorize/consent";

const pages = { sign_in: signInPath, second_factor: secondFactorNeededPath, consent: consentPath } as const;

/** A checked request, and who is in front of the browser that carries it. */
export interface Standing {
  request: AuthorizeRequest;
  app: App;
  visitor: { session: Session; user: User } | undefined;
  /** Whether this very request was just answered on the consent page. */
  answered?: boolean;
}

export type Carried =
  | {
      ok: true;
      request: AuthorizeRequest;
      app: App /** What the page that carried it has shown. */;
      shown: string | null;
    }
  | { ok: false; reason: FatalReason };

/** The way of an authorization request through the pages and back to the app. */
export interface Onward {
  /** Opens the request that a page carried, and finds its app and address again: both may have changed meanwhile. */
  open(sealed: string, browser: Request): Promise<Carried>;
  /** What comes next, from what the database says now. */
  nextStep(standing: Standing): Promise<Step>;
  /** Takes the step: to a page, which carries the sealed request, or back to the app. */
  take(step: Step, standing: Standing, browser: Request, options?: { sealed?: string; cookies?: string[] }): Response;
}

export function createOnward(desk: Desk, tokens: Pick<Tokens, "sealCode">): Onward {
  const { ctx, sealer, cookies } = desk;
  const { issuer } = ctx.config;
  return {
    async open(sealed, browser) {
      const opened = openRequest(sealer, sealed, cookies.read(browser, "browser"), ctx.clock.now());
      if (!opened.ok) return opened;
      desk.askedIn(browser, opened.request.uiLocales);
      const client = await findClient(ctx, opened.request.clientId, opened.request.redirectUri);
      return client.ok ? { ...opened, app: client.app } : client;
    },
    async nextStep({ request, app, visitor, answered = false }) {
      const grant = visitor && (await findLiveGrant(ctx, visitor.user.id, app.id));
      const inForce = request.proposal ? await capsInForce(ctx, grant) : [];
      return decide({ request, app, session: visitor?.session, grant, inForce, answered, now: ctx.clock.now() });
    },
    take(step, { request, app, visitor }, browser, { sealed, cookies: set = [] } = {}) {
      if (step.step === "fault") return redirect(faultUrl(request, issuer, step), set);
      if (step.step === "code") {
        const { user, session } = visitor!;
        const { grant, scopes } = step;
        const { redirectUri, codeChallenge, nonce } = request;
        const { authenticatedAt, amr, acr } = session;
        const code = { user, app, grant, scopes, redirectUri, codeChallenge, nonce, authenticatedAt, amr, acr };
        return redirect(codeUrl(request, issuer, tokens.sealCode(code)), set);
      }
      const mark = browserMark(desk, browser);
      const text = sealed ?? sealRequest(sealer, request, mark.value);
      return redirect(`${pages[step.step]}?request=${text}`, [...set, ...mark.cookies]);
    },
  };
}
