import { findMadeBefore, type SignUpFaults, signUp } from "../accounts/index.ts";
import { type Form, readForm, readQuery } from "../http/form.ts";
import type { Handler, RequestInfo, Route } from "../http/table.ts";
import type { PasswordHasher } from "../kernel/password.ts";
import { canMail } from "../mail/index.ts";
import { normaliseEmail } from "../people/index.ts";
import { emailWords } from "./account/email.ts";
import { requestingApp } from "./app-face.ts";
import { browserMark } from "./browser-mark.ts";
import type { CodeLimits } from "./code-post.ts";
import type { Desk } from "./desk.ts";
import { fatalPage } from "./fatal-page.ts";
import type { Newcomers } from "./newcomers.ts";
import type { Carried, Onward } from "./onward.ts";
import { ownPath } from "./own-path.ts";
import { emailPath } from "./pages/account-email.ts";
import { renderSignUp, type SignUpErrors, type SignUpProps } from "./pages/sign-up.ts";
import { passwordErrors } from "./password-errors.ts";
import type { Entrance } from "./sign-in/entrance.ts";
import { signInPurpose } from "./sign-in/way.ts";
import { type Journeys, providerFaces } from "./upstream/journey.ts";
import { upstreamWay } from "./upstream/way.ts";

const path = "/sign-up";
const purpose = "sign-up";

export interface SignUpMeans {
  onward: Onward;
  entrance: Entrance;
  limits: CodeLimits;
  hasher: PasswordHasher;
  journeys: Journeys;
  newcomers: Newcomers;
}

/** Opens an account, signs its owner in, and goes on to the app that sent them. */
export function createSignUpRoutes(desk: Desk, means: SignUpMeans): Route[] {
  const { ctx } = desk;
  const { onward, entrance, limits, hasher, journeys, newcomers } = means;
  const signUpPage = createSignUpPage(desk, journeys);

  const show: Handler = async (browser, info) => {
    const query = readQuery(info.query);
    const request = query.get("request");
    const carried = request === undefined ? undefined : await onward.open(request, browser);
    if (carried && !carried.ok) return fatalPage(desk, carried.reason, info, browser);
    return signUpPage(browser, { request, next: ownPath(query.get("next")) }, carried);
  };

  const enter: Handler = async (browser, info) => {
    const form = await readForm(browser);
    const mark = browserMark(desk, browser).value;
    desk.csrf.check(browser, form, { purpose, binding: mark });
    const request = form.get("request");
    const carried = request === undefined ? undefined : await onward.open(request, browser);
    if (carried && !carried.ok) return fatalPage(desk, carried.reason, info, browser);
    const values = readValues(form);
    const next = ownPath(form.get("next"));
    const again = (props: Partial<SignUpProps>, status: number) =>
      signUpPage(browser, { request, next, values, ...props }, carried, status);

    const missing = findMissing(desk, form);
    if (Object.keys(missing).length > 0) return again({ errors: missing }, 400);
    const seconds = newcomers.attempt(info.peer);
    if (seconds > 0) return again({ problem: { kind: "wait", milliseconds: seconds * 1000 } }, 429);
    const { name: displayName, username, email } = values;
    const account = { displayName, username, email, password: form.get("password") ?? "" };
    const words = wordsFor(desk, limits, browser, info, values);
    const verdict = await signUp(ctx, hasher, account, { emailWords: words, browser: mark });
    // Whoever pressed the button twice gets the answer to the second: it is that of the first.
    const isTaken = !verdict.ok && verdict.faults.username === "taken";
    const before = isTaken ? await findMadeBefore(ctx, hasher, { ...account, browser: mark }) : undefined;
    if (!verdict.ok && !before) return again({ errors: errorsOf(verdict.faults) }, 400);
    const user = verdict.ok ? verdict.user : before!;

    const waiting = { sealed: request, carried, next: next ?? (words && emailPath) };
    return entrance.admit(browser, { user, amr: ["pwd"] }, waiting);
  };

  return [
    { method: "GET", path, shape: "page", handler: show },
    { method: "POST", path, shape: "page", handler: enter },
  ];
}

/** What is written to the new address; undefined where nobody can be written to, or the address was too often. */
function wordsFor(
  desk: Desk,
  limits: CodeLimits,
  browser: Request,
  { peer }: RequestInfo,
  form: { username: string; email: string },
) {
  const address = normaliseEmail(form.email);
  if (!canMail(desk.ctx.config) || address === undefined) return undefined;
  return limits.ask({ kind: "email", peer, address }) > 0 ? undefined : emailWords(desk.frame(browser), form);
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
    ...(username && { username: username === "malformed" ? "form" : username }),
    ...(email && { email: "form" }),
    ...(password && { password: passwordErrors[password] }),
  };
}

function createSignUpPage(desk: Desk, { providers }: Journeys) {
  const elsewhere = providerFaces(providers, "sign-up");
  return (
    browser: Request,
    props: Omit<SignUpProps, "csrf" | "app" | "elsewhere">,
    carried: Carried | undefined,
    status = 200,
  ): Response => {
    const mark = browserMark(desk, browser);
    const tokenOf = (purpose: string) => desk.csrf.token({ purpose, binding: mark.value });
    const app = carried?.ok ? requestingApp(carried) : undefined;
    const providersWay = { providers: elsewhere, csrf: tokenOf(signInPurpose), auth_method: upstreamWay };
    const shown = { ...props, csrf: tokenOf(purpose), app, elsewhere: providersWay };
    return desk.page(renderSignUp(desk.frame(browser), shown), { status, cookies: mark.cookies, ownForms: false });
  };
}
