import { type Form, readForm } from "../../http/form.ts";
import type { Handler, Route } from "../../http/table.ts";
import { canMail } from "../../mail/index.ts";
import { claimCode, findUser, mailedCodeAmr } from "../../people/index.ts";
import { html } from "../../ui/index.ts";
import { requestingApp } from "../app-face.ts";
import { browserMark } from "../browser-mark.ts";
import { type CodeLimits, isReachedAt, postCode, statusOf } from "../code-post.ts";
import type { Desk } from "../desk.ts";
import { fatalPage } from "../fatal-page.ts";
import type { Onward } from "../onward.ts";
import { ownPath } from "../own-path.ts";
import {
  type CodeProblem,
  type EmailAskProps,
  type EmailCodeProps,
  emailSignInPath,
  renderEmailAsk,
  renderEmailCode,
} from "../pages/email-code.ts";
import { carryOn } from "../pages/sign-in.ts";
import type { Entrance } from "./entrance.ts";
import { signInPurpose, type Way } from "./way.ts";

const kind = "sign_in";
const amr = [mailedCodeAmr];

/** Signing in by a code that is mailed to a proven address. Undefined where nobody can be written to. */
export function createEmailWay(desk: Desk, onward: Onward, entrance: Entrance, limits: CodeLimits): Way | undefined {
  const { ctx } = desk;
  if (!canMail(ctx.config)) return undefined;
  const asked: Route = { method: "POST", path: emailSignInPath, shape: "page", handler: asking(desk, onward, limits) };
  return {
    name: "email_code",
    offer: (_, { text }, props) => ({
      markup: html`<p class="mut"><a href="${emailSignInPath}${carryOn(props)}">${text.emailCode.use}</a></p>`,
    }),
    page: {
      path: emailSignInPath,
      show: (browser, { request, next, app }) => askPage(desk, browser, { request, next, app }),
    },
    async enter(browser, form, { peer }, waiting) {
      const { sealed: request, next, carried } = waiting;
      const again = (problem: CodeProblem) => {
        const app = carried && requestingApp(carried);
        return codePage(desk, browser, { request, next, app, ...readShown(form), problem });
      };
      const milliseconds = limits.answer(peer);
      if (milliseconds > 0) return again({ kind: "wait", milliseconds });
      const claim = readClaim(desk, browser, form);
      const claimed = await claimCode(ctx, claim, async (tx, { userId, target }) => {
        const user = await findUser(tx, userId);
        return isReachedAt(user, target) ? { ok: true as const, user, target } : { ok: false as const, why: "wrong" };
      });
      if (!claimed.ok) return again({ kind: claimed.why === "wrong" ? "wrong" : "dead" });
      limits.forget({ kind, peer, address: claimed.target, device: claim.browser });
      return entrance.admit(browser, { user: claimed.user, amr }, waiting);
    },
    routes: [asked],
  };
}

function asking(desk: Desk, onward: Onward, limits: CodeLimits): Handler {
  return async (browser, info) => {
    const form = await readForm(browser);
    const binding = desk.cookies.read(browser, "browser") ?? "";
    desk.csrf.check(browser, form, { purpose: signInPurpose, binding });
    const request = form.get("request");
    const carried = request === undefined ? undefined : await onward.open(request, browser);
    if (carried && !carried.ok) return fatalPage(desk, carried.reason, info, browser);
    const shown = { request, next: ownPath(form.get("next")), app: carried && requestingApp(carried) };
    const email = form.get("email") ?? "";
    const frame = desk.frame(browser);
    const words = frame.text.mails.signInCode(frame.brand.name);
    const posted = await postCode(desk, limits, browser, info, { kind, email, words });
    if (!posted.ok) return askPage(desk, browser, { ...shown, email, problem: posted.problem });
    return codePage(desk, browser, { ...shown, email: posted.address, codeId: posted.codeId });
  };
}

/** What the page of the code carries on about it. */
function readShown(form: Form) {
  return { email: form.get("email")?.slice(0, 254) ?? "", codeId: form.get("code_id")?.slice(0, 64) ?? "" };
}

function readClaim(desk: Desk, browser: Request, form: Form) {
  const mark = desk.cookies.read(browser, "browser") ?? "";
  return { id: form.get("code_id") ?? "", kind, code: form.get("code") ?? "", browser: mark };
}

function askPage(desk: Desk, browser: Request, shown: Omit<EmailAskProps, "csrf">): Response {
  return show(desk, browser, shown.problem, (csrf) => renderEmailAsk(desk.frame(browser), { ...shown, csrf }));
}

function codePage(desk: Desk, browser: Request, shown: Omit<EmailCodeProps, "csrf">): Response {
  return show(desk, browser, shown.problem, (csrf) => renderEmailCode(desk.frame(browser), { ...shown, csrf }));
}

function show(
  desk: Desk,
  browser: Request,
  problem: CodeProblem | undefined,
  render: (csrf: string) => string,
): Response {
  const mark = browserMark(desk, browser);
  const markup = render(desk.csrf.token({ purpose: signInPurpose, binding: mark.value }));
  return desk.page(markup, { status: statusOf(problem), cookies: mark.cookies, ownForms: false });
}
