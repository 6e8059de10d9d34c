import { findGrant, findLiveGrant, type Grant, raiseLimit } from "../../consent/index.ts";
import { inTx } from "../../context.ts";
import { type Form, readQuery } from "../../http/form.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import { Fault } from "../../kernel/faults.ts";
import { parseDollars } from "../../kernel/money.ts";
import { budgetStatus, findWallet, type WindowStatus } from "../../ledger/index.ts";
import { getPersonalWorkspace } from "../../workspaces/index.ts";
import type { Desk, Visitor } from "../desk.ts";
import { type LimitProps, renderLimit } from "../pages/limit.ts";
import { faceOf, getAppOf, wayBack } from "./apps-of.ts";
import { isRecentlySignedIn } from "./freshness.ts";
import { signedIn, signInPath, submitted } from "./signed-in.ts";

const path = "/account/limit";
const purpose = "limit";

interface Shown extends Pick<LimitProps, "other" | "error"> {
  /** Whether the gateway sent the person here, when it refused a call. */
  refused?: boolean;
  /** Of the form that is shown again. */
  period?: string | undefined;
}

/** Where an app sends a person whose cap is reached. */
export function limitRoutes(desk: Desk): Route[] {
  const { ctx } = desk;

  async function show(
    visitor: Visitor,
    grant: Grant,
    { refused = false, period, ...wrong }: Shown = {},
  ): Promise<Response> {
    const windows = await budgetStatus(ctx, grant.budgetId!);
    const window = windows.find((one) => one.period === period) ?? tightest(windows);
    const workspace = await getPersonalWorkspace(ctx, visitor.user.id);
    const wallet = await findWallet(ctx, workspace.id);
    const app = await getAppOf(ctx, grant);
    const markup = renderLimit(desk.frame(visitor), {
      person: visitor.person,
      csrf: desk.csrf.token({ purpose, binding: visitor.session.id }),
      grantId: grant.id,
      app: faceOf(app),
      window,
      reached: isReached(window, refused),
      payer: { name: workspace.name, leftMicros: wallet ? wallet.balanceMicros - wallet.heldMicros : 0 },
      ceilingMicros: ctx.config.budgets.ceilings[window.period],
      back: wayBack(app),
      ...wrong,
    });
    return desk.page(markup, { status: wrong.error ? 400 : 200 });
  }

  async function raise(visitor: Visitor, grant: Grant, form: Form): Promise<Response> {
    const { period, limitMicros, ...written } = readRaise(form);
    const again = (error: LimitProps["error"]) => show(visitor, grant, { ...written, period, error });
    // Not the tightest: that may be another by now than the page showed.
    const window = (await budgetStatus(ctx, grant.budgetId!)).find((one) => one.period === period);
    if (!window || limitMicros === undefined) return again({ kind: "form" });
    const error = judge(limitMicros, window, ctx.config.budgets.ceilings[window.period]);
    if (error) return again(error);
    if (!isRecentlySignedIn(ctx, visitor.session)) return redirect(signInPath(`${path}?app=${grant.appId}`));
    const raised = await inTx(ctx, (tx) => raiseLimit(tx, { grant, period: window.period, limitMicros }));
    if (!raised.ok && raised.why === "notHigher") return again({ kind: "notHigher" });
    if (!raised.ok) return redirect("/account/connected");
    return redirect(`/account/connected?changed=${grant.id}`);
  }

  return [
    {
      method: "GET",
      path,
      shape: "page",
      handler: signedIn(desk, async ({ visitor, info }) => {
        const asked = readQuery(info.query);
        const grant = await findLiveGrant(ctx, visitor.user.id, asked.get("app") ?? "");
        if (!grant?.budgetId) throw new Fault("not_found", "There is no such app.");
        return show(visitor, grant, { refused: asked.get("refused") !== undefined });
      }),
    },
    {
      method: "POST",
      path,
      shape: "page",
      handler: submitted(desk, purpose, path, async ({ visitor, form }) => {
        const grant = await findGrant(ctx, form.get("grant") ?? "");
        const own = grant?.userId === visitor.user.id && grant.budgetId !== null && grant.revokedAt === null;
        if (!own || form.get("decision") !== "raise") return redirect("/account/connected");
        return raise(visitor, grant, form);
      }),
    },
  ];
}

function readRaise(form: Form) {
  const other = form.get("cap_other");
  return {
    other,
    period: form.get("cap_period"),
    refused: form.get("refused") !== undefined,
    limitMicros: other === undefined ? readChoice(form.get("cap")) : parseDollars(other),
  };
}

function readChoice(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function judge(limitMicros: number, window: WindowStatus, ceiling: number | undefined): LimitProps["error"] {
  if (limitMicros === 0) return { kind: "zero" };
  if (limitMicros <= window.limitMicros) return { kind: "notHigher" };
  return ceiling !== undefined && limitMicros > ceiling ? { kind: "aboveCeiling" } : undefined;
}

/** The window that stops the app, or would stop it first. */
function tightest(windows: WindowStatus[]): WindowStatus {
  return windows.reduce((least, window) => (window.remainingMicros < least.remainingMicros ? window : least));
}

/** A call is refused before the last micro-dollar is spent: whoever comes from a refusal is told that it was one. */
function isReached({ remainingMicros, limitMicros }: WindowStatus, refused: boolean): boolean {
  return remainingMicros === 0 || (refused && remainingMicros < limitMicros / 4);
}
