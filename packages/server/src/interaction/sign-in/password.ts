import type { RequestInfo } from "../../http/table.ts";
import type { PasswordHasher } from "../../kernel/password.ts";
import { canMail } from "../../mail/index.ts";
import { findUserByLogin, type User } from "../../people/index.ts";
import { requestingApp } from "../app-face.ts";
import { browserMark } from "../browser-mark.ts";
import type { Desk } from "../desk.ts";
import { renderSignIn, type SignInProps } from "../pages/sign-in.ts";
import type { Entrance } from "./entrance.ts";
import { createSignInLimits } from "./limits.ts";
import { type DoorProps, signInPurpose, type Way } from "./way.ts";

/** The page of all ways, whose own form asks for the password. */
export interface PasswordWay extends Way {
  show(browser: Request, props: DoorProps & Pick<SignInProps, "problem">, status?: number): Response;
}

/** @param others the ways that the page offers beside its own, in their order */
export function createPasswordWay(
  desk: Desk,
  entrance: Entrance,
  hasher: PasswordHasher,
  others: readonly Way[],
): PasswordWay {
  const check = createPasswordCheck(desk, hasher);

  const show: PasswordWay["show"] = (browser, props, status = 200) => {
    const mark = browserMark(desk, browser);
    const frame = desk.frame(browser);
    const csrf = desk.csrf.token({ purpose: signInPurpose, binding: mark.value });
    const bound = { csrf, mark: mark.value };
    const offers = others.flatMap((way) => way.offer?.(browser, frame, props, bound) ?? []);
    const canReset = canMail(desk.ctx.config);
    const markup = renderSignIn(frame, { ...props, csrf, canReset, offers: offers.map((offer) => offer.markup) });
    const script = offers.find((offer) => offer.script)?.script;
    return desk.page(markup, { status, cookies: mark.cookies, ownForms: false, ...(script && { script }) });
  };

  return {
    name: "password",
    show,
    async enter(browser, form, info, waiting) {
      const login = form.get("login") ?? "";
      const verdict = await check(browser, login, form.get("password") ?? "", info);
      if (verdict.ok) return entrance.admit(browser, { user: verdict.user, amr: ["pwd"] }, waiting);
      const { sealed: request, next, carried } = waiting;
      const { problem } = verdict;
      const app = carried && requestingApp(carried);
      return show(browser, { request, next, app, login, problem }, problem.kind === "wait" ? 429 : 400);
    },
  };
}

type Verdict = { ok: true; user: User } | { ok: false; problem: NonNullable<SignInProps["problem"]> };

/** Unknown, disabled and known users get the same answer in the same time. */
function createPasswordCheck({ ctx, cookies }: Desk, hasher: PasswordHasher) {
  const limits = createSignInLimits(ctx);
  return async (browser: Request, login: string, password: string, { peer }: RequestInfo): Promise<Verdict> => {
    const found = await findUserByLogin(ctx, login);
    const attempt = { login, user: found?.user, peer, mark: cookies.read(browser, "browser") ?? "" };
    const milliseconds = await limits.attempt(attempt);
    if (milliseconds > 0) return { ok: false, problem: { kind: "wait", milliseconds } };
    const matches = await hasher.verify(found?.passwordHash ?? null, password);
    if (!found || !matches || found.user.disabledAt !== null) {
      await limits.failed(attempt);
      return { ok: false, problem: { kind: "wrong" } };
    }
    limits.succeeded(attempt);
    return { ok: true, user: found.user };
  };
}
