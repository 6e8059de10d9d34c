import { resetPassword } from "../accounts/index.ts";
import { type Form, readForm, readQuery } from "../http/form.ts";
import type { Handler, Route } from "../http/table.ts";
import type { PasswordHasher } from "../kernel/password.ts";
import { canMail } from "../mail/index.ts";
import { browserMark } from "./browser-mark.ts";
import { type CodeLimits, isReachedAt, postCode, statusOf } from "./code-post.ts";
import type { Desk } from "./desk.ts";
import { ownPath } from "./own-path.ts";
import {
  type ResetAskProps,
  type ResetProps,
  renderReset,
  renderResetAsk,
  renderResetDone,
  resetPath,
} from "./pages/password-reset.ts";
import { passwordErrors } from "./password-errors.ts";

const kind = "password_reset";
const purpose = "password-reset";

/** A new password for whoever can read the mail of a proven address. Signs nobody in: the second factor is asked for as ever. */
export function createPasswordResetRoutes(desk: Desk, hasher: PasswordHasher, limits: CodeLimits): Route[] {
  const { ctx } = desk;
  if (!canMail(ctx.config)) return [];

  const ask: Handler = async (browser, info) => {
    const form = await readChecked(desk, browser);
    const email = form.get("email") ?? "";
    const frame = desk.frame(browser);
    const words = frame.text.mails.passwordResetCode(frame.brand.name);
    const posted = await postCode(desk, limits, browser, info, { kind, email, words });
    const waiting = readWaiting(form);
    if (!posted.ok) return askPage(desk, browser, { ...waiting, email, problem: posted.problem });
    return codePage(desk, browser, { ...waiting, email: posted.address, codeId: posted.codeId });
  };

  const reset: Handler = async (browser, { peer }) => {
    const form = await readChecked(desk, browser);
    const waiting = readWaiting(form);
    const [codeId, email] = [form.get("code_id")?.slice(0, 64) ?? "", form.get("email")?.slice(0, 254) ?? ""];
    const again = (problem: Partial<ResetProps>) => codePage(desk, browser, { ...waiting, email, codeId, ...problem });
    const password = form.get("password") ?? "";
    if (password === "") return again({ passwordError: "missing" });
    const milliseconds = limits.answer(peer);
    if (milliseconds > 0) return again({ problem: { kind: "wait", milliseconds } });
    const mark = desk.cookies.read(browser, "browser") ?? "";
    const claim = { id: codeId, kind, code: form.get("code") ?? "", browser: mark };
    const verdict = await resetPassword(ctx, hasher, claim, { password, isReached: isReachedAt });
    if (verdict.ok) {
      limits.forget({ kind, peer, address: verdict.target, device: mark });
      return desk.page(renderResetDone(desk.frame(browser), waiting));
    }
    if (Object.hasOwn(passwordErrors, verdict.why)) {
      return again({ passwordError: passwordErrors[verdict.why as keyof typeof passwordErrors] });
    }
    return again({ problem: { kind: verdict.why === "wrong" ? "wrong" : "dead" } });
  };

  return [
    {
      method: "GET",
      path: resetPath,
      shape: "page",
      handler: (browser, info) => askPage(desk, browser, readWaiting(readQuery(info.query))),
    },
    { method: "POST", path: resetPath, shape: "page", handler: ask },
    { method: "POST", path: `${resetPath}/new`, shape: "page", handler: reset },
  ];
}

async function readChecked(desk: Desk, browser: Request): Promise<Form> {
  const form = await readForm(browser);
  desk.csrf.check(browser, form, { purpose, binding: desk.cookies.read(browser, "browser") ?? "" });
  return form;
}

/** What waits for the sign-in afterwards. It is opened there. */
function readWaiting(form: Form) {
  return { request: form.get("request"), next: ownPath(form.get("next")) };
}

function askPage(desk: Desk, browser: Request, shown: Omit<ResetAskProps, "csrf">): Response {
  const mark = browserMark(desk, browser);
  const csrf = desk.csrf.token({ purpose, binding: mark.value });
  const markup = renderResetAsk(desk.frame(browser), { ...shown, csrf });
  return desk.page(markup, { status: statusOf(shown.problem), cookies: mark.cookies });
}

function codePage(desk: Desk, browser: Request, shown: Omit<ResetProps, "csrf">): Response {
  const mark = browserMark(desk, browser);
  const csrf = desk.csrf.token({ purpose, binding: mark.value });
  const markup = renderReset(desk.frame(browser), { ...shown, csrf });
  const status = shown.passwordError ? 400 : statusOf(shown.problem);
  return desk.page(markup, { status, cookies: mark.cookies });
}
