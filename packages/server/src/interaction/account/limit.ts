import type { App } from "../../apps/index.ts";
import { changeTerms, findGrant, findLiveGrant, type Grant } from "../../consent/index.ts";
import { inTx } from "../../context.ts";
import { type Form, readQuery } from "../../http/form.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import { Fault } from "../../kernel/faults.ts";
import { parseDollars } from "../../kernel/money.ts";
import { parseHttpUrl } from "../../kernel/url.ts";
import { budgetStatus, findWallet, type Limits, type WindowStatus } from "../../ledger/index.ts";
import { getPersonalWorkspace } from "../../workspaces/index.ts";
import type { Desk, Visitor } from "../desk.ts";
import { type LimitProps, renderLimit } from "../pages/limit.ts";
import { faceOf, getAppOf } from "./apps-of.ts";
import { isRecentlySignedIn } from "./freshness.ts";
import { signedIn, signInPath, submitted } from "./signed-in.ts";

const path = "/account/limit";
const purpose = "limit";

interface Shown extends Pick<LimitProps, "other" | "error"> {
  /** Whether the gateway sent the person here, when it refused a call. */
  refused?: boolean;
}

/** Where an app sends a person whose cap is reached. */
export function limitRoutes(desk: Desk): Route[] {
  const { ctx } = desk;

  async function show(visitor: Visitor, grant: Grant, { refused = false, ...wrong }: Shown = {}): Promise<Response> {
    const window = await tightestWindow(desk, grant);
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
    const window = await tightestWindow(desk, grant);
    const other = form.get("cap_other");
    const limitMicros = other === undefined ? readChoice(form.get("cap")) : parseDollars(other);
    const error = judge(limitMicros, window, ctx.config.budgets.ceilings[window.period]);
    if (error || limitMicros === undefined) {
      const refused = form.get("refused") !== undefined;
      return show(visitor, grant, { refused, other, error: error ?? { kind: "form" } });
    }
    if (!isRecentlySignedIn(ctx, visitor.session)) return redirect(signInPath(`${path}?app=${grant.appId}`));
    const limits = await withLimit(desk, grant, window, limitMicros);
    const terms = { limits, expiresAt: grant.expiresAt };
    await inTx(ctx, (tx) => changeTerms(tx, { userId: visitor.user.id, appId: grant.appId, terms }));
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

/** The app's homepage, else where its answers go: never an address that came with the request. */
function wayBack({ homepageUrl, redirectUris }: App): LimitProps["back"] {
  const url = homepageUrl === null ? undefined : parseHttpUrl(homepageUrl);
  if (url) return { url: url.href, host: url.host };
  const { origin, host } = new URL(redirectUris[0]!);
  return { url: `${origin}/`, host };
}

function readChoice(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function judge(
  limitMicros: number | undefined,
  window: WindowStatus,
  ceiling: number | undefined,
): LimitProps["error"] {
  if (limitMicros === undefined) return { kind: "form" };
  if (limitMicros === 0) return { kind: "zero" };
  if (limitMicros <= window.limitMicros) return { kind: "notHigher" };
  return ceiling !== undefined && limitMicros > ceiling ? { kind: "aboveCeiling" } : undefined;
}

/** The window that stops the app, or would stop it first. */
async function tightestWindow(desk: Desk, grant: Grant): Promise<WindowStatus> {
  const windows = await budgetStatus(desk.ctx, grant.budgetId!);
  return windows.reduce((least, window) => (window.remainingMicros < least.remainingMicros ? window : least));
}

/** A call is refused before the last micro-dollar is spent: whoever comes from a refusal is told that it was one. */
function isReached({ remainingMicros, limitMicros }: WindowStatus, refused: boolean): boolean {
  return remainingMicros === 0 || (refused && remainingMicros < limitMicros / 4);
}

async function withLimit(desk: Desk, grant: Grant, { period }: WindowStatus, limitMicros: number): Promise<Limits> {
  const windows = await budgetStatus(desk.ctx, grant.budgetId!);
  const present = Object.fromEntries(windows.map((window) => [window.period, window.limitMicros]));
  return { ...present, [period]: limitMicros };
}
