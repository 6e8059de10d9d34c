import { type SignUpFaults, signUp } from "../accounts/index.ts";
import { networkOf } from "../http/client-ip.ts";
import { type Form, readForm, readQuery } from "../http/form.ts";
import { createRateLimiter } from "../http/rate-limit.ts";
import type { Handler, Route } from "../http/table.ts";
import type { PasswordHasher } from "../kernel/password.ts";
import { requestingApp } from "./app-face.ts";
import { browserMark } from "./browser-mark.ts";
import type { Desk } from "./desk.ts";
import { fatalPage } from "./fatal-page.ts";
import type { Carried, Onward } from "./onward.ts";
import { ownPath } from "./own-path.ts";
import { renderSignUp, type SignUpErrors, type SignUpProps } from "./pages/sign-up.ts";
import { passwordErrors } from "./password-errors.ts";
import type { Entrance } from "./sign-in/entrance.ts";

const path = "/sign-up";
const purpose = "sign-up";

/** How many accounts one network may open. */
const peerLimit = { attempts: 30, seconds: 3600 };

/** Opens an account, signs its owner in, and goes on to the app that sent them. */
export function createSignUpRoutes(desk: Desk, onward: Onward, entrance: Entrance, hasher: PasswordHasher): Route[] {
  const { ctx } = desk;
  const peers = createRateLimiter({ clock: ctx.clock, ...peerLimit });

  const show: Handler = async (browser, info) => {
    const query = readQuery(info.query);
    const request = query.get("request");
    const carried = request === undefined ? undefined : await onward.open(request, browser);
    if (carried && !carried.ok) return fatalPage(desk, carried.reason, info);
    return signUpPage(desk, browser, { request, next: ownPath(query.get("next")) }, carried);
  };

  const enter: Handler = async (browser, info) => {
    const form = await readForm(browser);
    desk.csrf.check(browser, form, { purpose, binding: browserMark(desk, browser).value });
    const request = form.get("request");
    const carried = request === undefined ? undefined : await onward.open(request, browser);
    if (carried && !carried.ok) return fatalPage(desk, carried.reason, info);
    const values = readValues(form);
    const next = ownPath(form.get("next"));
    const again = (props: Partial<SignUpProps>, status: number) =>
      signUpPage(desk, browser, { request, next, values, ...props }, carried, status);

    const missing = findMissing(desk, form);
    if (Object.keys(missing).length > 0) return again({ errors: missing }, 400);
    const seconds = peers.attempt(networkOf(info.peer));
    if (seconds > 0) return again({ problem: { kind: "wait", milliseconds: seconds * 1000 } }, 429);
    const { name: displayName, username, email } = values;
    const verdict = await signUp(ctx, hasher, { displayName, username, email, password: form.get("password") ?? "" });
    if (!verdict.ok) return again({ errors: errorsOf(verdict.faults) }, 400);

    return entrance.admit(browser, { user: verdict.user, amr: ["pwd"] }, { sealed: request, carried, next });
  };

  return [
    { method: "GET", path, shape: "page", handler: show },
    { method: "POST", path, shape: "page", handler: enter },
  ];
}

function readValues(form: Form) {
  return {
    name: form.get("name") ?? "",
    username: form.get("username") ?? "",
    email: form.get("email") ?? "",
    terms: form.get("terms") === "yes",
  };
}

function findMissing(desk: Desk, form: Form): SignUpErrors {
  const missing: SignUpErrors = {};
  for (const field of ["name", "username", "email", "password"] as const) {
    if (form.get(field) === undefined) missing[field] = "missing";
  }
  if (desk.ctx.config.brand.links.terms && form.get("terms") !== "yes") missing.terms = "missing";
  return missing;
}

function errorsOf({ displayName, username, email, password }: SignUpFaults): SignUpErrors {
  return {
    ...(displayName && { name: "form" }),
    ...(username && { username: username === "taken" ? "taken" : "form" }),
    ...(email && { email: "form" }),
    ...(password && { password: passwordErrors[password] }),
  };
}

function signUpPage(
  desk: Desk,
  browser: Request,
  props: Omit<SignUpProps, "csrf" | "app">,
  carried: Carried | undefined,
  status = 200,
): Response {
  const mark = browserMark(desk, browser);
  const csrf = desk.csrf.token({ purpose, binding: mark.value });
  const app = carried?.ok ? requestingApp(carried) : undefined;
  const markup = renderSignUp(desk.frame(), { ...props, csrf, app });
  return desk.page(markup, { status, cookies: mark.cookies, ownForms: false });
}
