import { inTx, type Tx } from "../../context.ts";
import { readForm, readQuery } from "../../http/form.ts";
import type { Handler, Route } from "../../http/table.ts";
import type { Sealer } from "../../kernel/seal.ts";
import { findUser, takeRecoveryCode, takeTotpCode, twoFactors } from "../../people/index.ts";
import { requestingApp } from "../app-face.ts";
import { browserMark } from "../browser-mark.ts";
import type { Desk } from "../desk.ts";
import { fatalPage } from "../fatal-page.ts";
import { createNetworkLimiter } from "../network-limiter.ts";
import type { Onward } from "../onward.ts";
import { ownPath } from "../own-path.ts";
import { renderSecondFactor, type SecondFactorProps, secondFactorPath } from "../pages/second-factor.ts";
import { type Begun, beginSession } from "./begin-session.ts";
import type { Entrance, Waiting } from "./entrance.ts";
import { type HalfSignIn, readHalfSignIn } from "./half-sign-in.ts";
import type { PasswordWay } from "./password.ts";

const purpose = "second-factor";
/** Each account has a limit of its own beside. */
const peerLimit = { attempts: 100, seconds: 600 };

type Problem = NonNullable<SecondFactorProps["problem"]>;

interface Tried extends HalfSignIn {
  by: SecondFactorProps["by"];
  code: string;
}

export interface SecondFactorOptions {
  onward: Onward;
  entrance: Entrance;
  /** What the secrets are sealed with. */
  lasting: Sealer;
  /** Where it begins again when it waited too long. */
  password: Pick<PasswordWay, "show">;
}

/** The page between a first factor and a session. Nobody comes to it without the first. */
export function createSecondFactorRoutes(desk: Desk, options: SecondFactorOptions): Route[] {
  const { onward, entrance, lasting, password } = options;
  const { ctx } = desk;
  const peers = createNetworkLimiter({ clock: ctx.clock, ...peerLimit });

  const begin = async (browser: Request, tried: Tried): Promise<Begun | Problem | "over"> => {
    const before = await desk.findVisitor(browser);
    const outcome = await inTx(ctx, async (tx) => {
      const refused = await judge(tx, lasting, tried);
      if (refused) return refused;
      const user = await findUser(tx, tried.userId);
      if (user?.disabledAt !== null || user.generation !== tried.userGeneration) return "over";
      const recognised = { user, amr: withSecond(tried.amr), acr: twoFactors, replaces: before?.session.id };
      return beginSession(desk, tx, browser, recognised);
    });
    return outcome;
  };

  const show: Handler = async (browser, info) => {
    const query = readQuery(info.query);
    const waiting = await readWaiting(onward, browser, query.get("request"), query.get("next"));
    if (!waiting.ok) return fatalPage(desk, waiting.reason, info, browser);
    if (!readHalfSignIn(desk, browser)) return beginAgain(password, browser, waiting);
    return codePage(desk, browser, waiting, { by: readBy(query.get("by")) });
  };

  const enter: Handler = async (browser, info) => {
    const form = await readForm(browser);
    desk.csrf.check(browser, form, { purpose, binding: desk.cookies.read(browser, "browser") ?? "" });
    const waiting = await readWaiting(onward, browser, form.get("request"), form.get("next"));
    if (!waiting.ok) return fatalPage(desk, waiting.reason, info, browser);
    const half = readHalfSignIn(desk, browser);
    if (!half) return beginAgain(password, browser, waiting);
    const by = readBy(form.get("by"));
    const seconds = peers.attempt(info.peer);
    if (seconds > 0) {
      return codePage(desk, browser, waiting, { by, problem: { kind: "blocked", milliseconds: seconds * 1000 } });
    }
    const begun = await begin(browser, { ...half, by, code: form.get("code") ?? "" });
    if (begun === "over") return beginAgain(password, browser, waiting);
    if ("kind" in begun) return codePage(desk, browser, waiting, { by, problem: begun });
    return entrance.goOn(browser, begun, waiting, [desk.cookies.clear("halfway")]);
  };

  return [
    { method: "GET", path: secondFactorPath, shape: "page", handler: show },
    { method: "POST", path: secondFactorPath, shape: "page", handler: enter },
  ];
}

/** What the second factor adds to the first (RFC 8176). A recovery code is a one-time password too. */
export function withSecond(amr: readonly string[]): string[] {
  return [...new Set([...amr, "otp", "mfa"])];
}

/** Undefined for the right code, which is spent now. */
async function judge(tx: Tx, lasting: Sealer, { by, ...tried }: Tried): Promise<Problem | "over" | undefined> {
  if (by === "recovery") {
    const verdict = await takeRecoveryCode(tx, tried);
    return verdict === "right" ? undefined : verdict === "over" ? "over" : { kind: "wrong" };
  }
  const judged = await takeTotpCode(tx, lasting, tried);
  if (judged.verdict === "right") return undefined;
  if (judged.verdict === "over") return "over";
  return judged.verdict === "wait" ? { kind: "wait", milliseconds: judged.milliseconds } : { kind: judged.verdict };
}

async function readWaiting(
  onward: Onward,
  browser: Request,
  sealed: string | undefined,
  next: string | undefined,
): Promise<({ ok: true } & Waiting) | Extract<Awaited<ReturnType<Onward["open"]>>, { ok: false }>> {
  if (sealed === undefined) return { ok: true, next: ownPath(next) };
  const carried = await onward.open(sealed, browser);
  return carried.ok ? { ok: true, sealed, carried } : carried;
}

function beginAgain({ show }: Pick<PasswordWay, "show">, browser: Request, { sealed, carried, next }: Waiting) {
  const app = carried && requestingApp(carried);
  return show(browser, { request: sealed, next, app, problem: { kind: "expired" } }, 400);
}

function codePage(
  desk: Desk,
  browser: Request,
  { sealed, carried, next }: Waiting,
  asked: Pick<SecondFactorProps, "by" | "problem">,
): Response {
  const mark = browserMark(desk, browser);
  const csrf = desk.csrf.token({ purpose, binding: mark.value });
  const app = carried && requestingApp(carried);
  const markup = renderSecondFactor(desk.frame(browser), { ...asked, csrf, app, request: sealed, next });
  return desk.page(markup, { status: statusOf(asked.problem), cookies: mark.cookies, ownForms: false });
}

function readBy(text: string | undefined): SecondFactorProps["by"] {
  return text === "recovery" ? "recovery" : "totp";
}

function statusOf(problem: Problem | undefined): number {
  if (!problem) return 200;
  return problem.kind === "wait" || problem.kind === "blocked" ? 429 : 400;
}
