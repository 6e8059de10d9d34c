import { networkOf } from "../http/client-ip.ts";
import { type Form, readForm, readQuery } from "../http/form.ts";
import { createRateLimiter } from "../http/rate-limit.ts";
import { redirect } from "../http/respond.ts";
import type { Handler, RequestInfo, Route } from "../http/table.ts";
import type { PasswordHasher } from "../kernel/password.ts";
import { findUserByLogin, type KeyNonces, type User } from "../people/index.ts";
import { isRecentlySignedIn } from "./account/freshness.ts";
import { requestingApp } from "./app-face.ts";
import { beginSession } from "./begin-session.ts";
import { browserMark } from "./browser-mark.ts";
import type { Desk, Visitor } from "./desk.ts";
import { fatalPage } from "./fatal-page.ts";
import { createKeyDoor } from "./key-login/key-door.ts";
import { type Carried, type Onward, signInPath } from "./onward.ts";
import { ownPath } from "./own-path.ts";
import { keySignInPath, renderSignIn, type SignInProps } from "./pages/sign-in.ts";

const homePath = "/account/connected";

const purpose = "sign-in";
const accountLimit = { attempts: 10, seconds: 600 };
const peerLimit = { attempts: 100, seconds: 600 };

/** The pages of password and hotkey, and what their form leads to. With a sealed request it is a step on the way to an app. */
export function createSignInRoutes(desk: Desk, onward: Onward, hasher: PasswordHasher, nonces: KeyNonces): Route[] {
  const keyDoor = createKeyDoor(desk, nonces);
  const passwordPage: Door = (browser, props) => signInPage(desk, browser, props);
  const keyPage: Door = (browser, { request, next, app }) => keyDoor.page(browser, purpose, { request, next, app });

  const show =
    (door: Door): Handler =>
    async (browser, info) => {
      const query = readQuery(info.query);
      const sealed = query.get("request");
      const visitor = await desk.findVisitor(browser);
      if (sealed === undefined) return showAlone(desk, browser, visitor, query.get("next"), door);
      const carried = await onward.open(sealed, browser);
      if (!carried.ok) return fatalPage(desk, carried.reason, info);
      const standing = { ...carried, visitor };
      const step = await onward.nextStep(standing);
      if (step.step !== "sign_in") return onward.take(step, standing, browser, { sealed });
      const login = carried.request.loginHint ?? visitor?.user.username;
      return door(browser, { request: sealed, app: requestingApp(carried), login });
    };

  const check = createPasswordCheck(desk, hasher);

  const byPassword: Way = async (browser, form, info, { sealed, carried, next }) => {
    const login = form.get("login") ?? "";
    const verdict = await check(login, form.get("password") ?? "", info);
    if (verdict.ok) return beginSession(desk, browser, verdict.user);
    return refusedPage(desk, browser, { request: sealed, next, login, problem: verdict.problem }, carried);
  };

  const byKey: Way = async (browser, form, info, { sealed, carried, next }) => {
    const entry = await keyDoor.enter(browser, form, info);
    if (entry.ok) return entry;
    const app = carried && requestingApp(carried);
    const shown = { request: sealed, next, app, hotkey: form.get("hotkey")?.slice(0, 80), problem: entry.problem };
    return keyDoor.page(browser, purpose, shown, entry.challenge);
  };

  const enter: Handler = async (browser, info) => {
    const form = await readForm(browser);
    desk.csrf.check(browser, form, { purpose, binding: desk.cookies.read(browser, "browser") ?? "" });
    const sealed = form.get("request");
    const carried = sealed === undefined ? undefined : await onward.open(sealed, browser);
    if (carried && !carried.ok) return fatalPage(desk, carried.reason, info);
    const next = ownPath(form.get("next"));
    const way = form.get("auth_method") === "hotkey" ? byKey : byPassword;
    const entered = await way(browser, form, info, { sealed, carried, next });
    if (entered instanceof Response) return entered;
    const { visitor, cookie } = entered;
    if (!carried) return redirect(next ?? homePath, [cookie]);
    const standing = { ...carried, visitor };
    return onward.take(await onward.nextStep(standing), standing, browser, { sealed, cookies: [cookie] });
  };

  return [
    { method: "GET", path: signInPath, shape: "page", handler: show(passwordPage) },
    { method: "GET", path: "/sign-in", shape: "page", handler: show(passwordPage) },
    { method: "GET", path: keySignInPath, shape: "page", handler: show(keyPage) },
    { method: "POST", path: signInPath, shape: "page", handler: enter },
  ];
}

/** The page of one way of signing in. */
type Door = (browser: Request, props: Omit<SignInProps, "csrf" | "problem">) => Response;

/** What a sign-in leads on to, and one way of doing it: somebody who entered, or the page that says why not. */
interface Waiting {
  sealed: string | undefined;
  carried: Extract<Carried, { ok: true }> | undefined;
  next: string | undefined;
}
type Entered = Awaited<ReturnType<typeof beginSession>>;
type Way = (browser: Request, form: Form, info: RequestInfo, waiting: Waiting) => Promise<Entered | Response>;

/** Nobody waits: on to the own pages, after a new sign-in where one of them asked for it. */
function showAlone(
  desk: Desk,
  browser: Request,
  visitor: Visitor | undefined,
  asked: string | undefined,
  door: Door,
): Response {
  const next = ownPath(asked);
  const stays = visitor && (next === undefined || isRecentlySignedIn(desk.ctx, visitor.session));
  return stays ? redirect(next ?? homePath) : door(browser, { next, login: visitor?.user.username });
}

type Verdict = { ok: true; user: User } | { ok: false; problem: NonNullable<SignInProps["problem"]> };

/** Unknown, disabled and known users get the same answer in the same time. */
function createPasswordCheck({ ctx }: Desk, hasher: PasswordHasher) {
  const accounts = createRateLimiter({ clock: ctx.clock, ...accountLimit });
  const peers = createRateLimiter({ clock: ctx.clock, ...peerLimit });
  return async (login: string, password: string, { peer }: RequestInfo): Promise<Verdict> => {
    const found = await findUserByLogin(ctx, login);
    const account = found?.user.id ?? login.trim().toLowerCase();
    const seconds = peers.attempt(networkOf(peer)) || accounts.attempt(account);
    if (seconds > 0) return { ok: false, problem: { kind: "wait", milliseconds: seconds * 1000 } };
    const matches = await hasher.verify(found?.passwordHash ?? null, password);
    if (!found || !matches || found.user.disabledAt !== null) return { ok: false, problem: { kind: "wrong" } };
    accounts.forget(account);
    return { ok: true, user: found.user };
  };
}

function refusedPage(desk: Desk, browser: Request, props: Omit<SignInProps, "csrf">, carried: Carried | undefined) {
  const app = carried?.ok ? requestingApp(carried) : undefined;
  return signInPage(desk, browser, { ...props, app }, props.problem?.kind === "wait" ? 429 : 400);
}

function signInPage(desk: Desk, browser: Request, props: Omit<SignInProps, "csrf">, status = 200): Response {
  const mark = browserMark(desk, browser);
  const csrf = desk.csrf.token({ purpose, binding: mark.value });
  const markup = renderSignIn(desk.frame(), { ...props, csrf });
  return desk.page(markup, { status, cookies: mark.cookies, ownForms: false });
}
