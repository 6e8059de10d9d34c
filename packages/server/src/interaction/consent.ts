import { type ConsentQuestion, canSpend, describeConsent, giveConsent, judgeAnswer } from "../consent/index.ts";
import { type Ctx, inTx } from "../context.ts";
import { readForm, readQuery } from "../http/form.ts";
import { redirect } from "../http/respond.ts";
import type { Handler, Route } from "../http/table.ts";
import { Fault } from "../kernel/faults.ts";
import { type AuthorizeRequest, faultUrl, type Step, sealRequest } from "../oauth/index.ts";
import { getPersonalWorkspace } from "../workspaces/index.ts";
import { isRecentlySignedIn, mayBeSpent } from "./account/freshness.ts";
import { browserMark } from "./browser-mark.ts";
import { readAnswer, readConsentForm, shownDigest } from "./consent-form.ts";
import { consentProps, type Shown } from "./consent-props.ts";
import type { Desk, Visitor } from "./desk.ts";
import { fatalPage } from "./fatal-page.ts";
import { type Carried, consentPath, type Onward, type Standing } from "./onward.ts";
import { renderConsent } from "./pages/consent.ts";
import { renderStaleConsent } from "./pages/stale-consent.ts";

const purpose = "consent";

/** A question that stands: who is asked, for which request, by what the database says now. */
interface Asking {
  carried: Extract<Carried, { ok: true }>;
  visitor: Visitor;
  question: ConsentQuestion;
  /** Stands for everything a person agrees to. */
  shown: string;
}

/** The consent page. Nothing is allowed but by its own form, and only what that form has shown. */
export function createConsentRoutes(desk: Desk, onward: Onward): Route[] {
  const { ctx, csrf } = desk;

  const signInFirst = (standing: Standing, browser: Request) =>
    onward.take({ step: "sign_in" }, { ...standing, request: afterSignIn(ctx, standing.request) }, browser);

  const show: Handler = async (browser, info) => {
    const sealed = readQuery(info.query).get("request") ?? "";
    const carried = await onward.open(sealed, browser);
    if (!carried.ok) return fatalPage(desk, carried.reason, info, browser);
    const visitor = await desk.findVisitor(browser);
    const standing = { ...carried, visitor };
    const step = await onward.nextStep(standing);
    if (step.step !== "consent") return onward.take(step, standing, browser, { sealed });
    // Before the question, so that nobody answers it twice.
    if (canSpend(carried.request.scopes) && !mayBeSpent(step.grant) && !isRecentlySignedIn(ctx, visitor!.session)) {
      return signInFirst(standing, browser);
    }
    return askPage(desk, browser, await ask(desk, carried, visitor!, step));
  };

  const answer: Handler = async (browser, info) => {
    const form = await readForm(browser, { repeatable: ["scope"] });
    const visitor = await desk.findVisitor(browser);
    const sealed = form.get("request") ?? "";
    const carried = await onward.open(sealed, browser);
    try {
      csrf.check(browser, form, { purpose, binding: visitor?.session.id ?? "" });
    } catch (error) {
      if (!(error instanceof Fault) || !carried.ok) throw error;
      return staleForm(desk, browser, sealed);
    }
    if (!carried.ok) return fatalPage(desk, carried.reason, info, browser);
    const written = readConsentForm(form);
    if (written.decision === "deny") return deny(desk, carried);
    const standing = { ...carried, visitor };
    const step = await onward.nextStep(standing);
    if (step.step !== "consent") return onward.take(step, standing, browser, { sealed });
    const asking = await ask(desk, carried, visitor!, step);
    if (asking.shown !== carried.shown) return askPage(desk, browser, asking);
    const read = readAnswer(ctx, asking.question, written, carried.request.proposal);
    if (!read.ok) return askPage(desk, browser, asking, { form: written, fault: read.fault });
    if (written.decision === "review") {
      return askPage(desk, browser, asking, { form: written, review: read.answer.terms ?? undefined });
    }
    // With a grant it goes on: what is not given now is taken back from it.
    if (read.answer.granted.length === 0 && !step.grant) return deny(desk, carried);
    const { user, session } = visitor!;
    const judged = { grantId: step.grant?.id, mayRaise: isRecentlySignedIn(ctx, session) };
    const workspaceId = read.workspaceId ?? (await getPersonalWorkspace(ctx, user.id)).id;
    const parties = { userId: user.id, appId: carried.app.id, workspaceId };
    const given = await inTx(ctx, async (tx) => {
      const verdict = await judgeAnswer(tx, parties, read.answer, judged);
      if (verdict.ok) await giveConsent(tx, parties, read.answer);
      return verdict;
    });
    if (!given.ok && given.why === "raises") return signInFirst(standing, browser);
    if (!given.ok) return redirect(`${consentPath}?request=${sealed}`);
    const answered = { ...standing, answered: true };
    return onward.take(await onward.nextStep(answered), answered, browser);
  };

  return [
    { method: "GET", path: consentPath, shape: "page", handler: show },
    { method: "POST", path: consentPath, shape: "page", handler: answer },
  ];
}

async function ask(
  desk: Desk,
  carried: Asking["carried"],
  visitor: Visitor,
  { grant, afresh }: Extract<Step, { step: "consent" }>,
): Promise<Asking> {
  const { app, request } = carried;
  const { user, session } = visitor;
  const { redirectUri } = request;
  const question = await describeConsent(desk.ctx, {
    user,
    app,
    redirectUri,
    grant,
    asked: request,
    words: desk.frame(visitor).text,
    afresh,
  });
  return { carried, visitor, question, shown: shownDigest([user.id, session.id], question) };
}

function askPage(
  desk: Desk,
  browser: Request,
  { carried, visitor, question, shown }: Asking,
  again: Pick<Shown, "form" | "fault" | "review"> = {},
): Response {
  const mark = browserMark(desk, browser);
  const request = sealRequest(desk.sealer, carried.request, mark.value, shown);
  const csrf = desk.csrf.token({ purpose, binding: visitor.session.id });
  const markup = renderConsent(desk.frame(visitor), consentProps(desk, question, { csrf, request, visitor, ...again }));
  return desk.page(markup, { status: again.fault ? 400 : 200, cookies: mark.cookies, ownForms: false });
}

/** Whoever signed in again in another tab has a new session: the question stands, but the form is of the old one. */
function staleForm(desk: Desk, browser: Request, sealed: string): Response {
  return desk.page(renderStaleConsent(desk.frame(browser), `${consentPath}?request=${sealed}`), { status: 403 });
}

/** The same question, to be put after a sign-in that is still to come. */
function afterSignIn({ clock }: Ctx, request: AuthorizeRequest): AuthorizeRequest {
  return { ...request, prompt: [...request.prompt, "login"], receivedAt: clock.now() };
}

function deny({ ctx }: Desk, { request }: Asking["carried"]): Response {
  const refusal = { code: "access_denied", description: "The user refused" };
  return redirect(faultUrl(request, ctx.config.issuer, refusal));
}
