import { activateApp, deactivateApp, deleteApp, listShares } from "../../apps/index.ts";
import { appStatistics, countUsersUpTo, findScope, sayScope } from "../../consent/index.ts";
import { inTx } from "../../context.ts";
import { redirect } from "../../http/respond.ts";
import type { Handler, Route } from "../../http/table.ts";
import type { Desk, Visitor } from "../desk.ts";
import { renderAppDelete } from "../pages/app-delete.ts";
import { appAddress } from "../pages/app-frame.ts";
import { renderAppOverview } from "../pages/app-overview.ts";
import { renderFatalError } from "../pages/fatal-error.ts";
import { type AppVisit, appChange, appPage, headOf, signInAgain, tokenOf } from "./access.ts";

const monthMs = 30 * 86_400_000;
const doneWords = ["activated", "deactivated", "saved"] as const;

/** What an app is and comes to; the switch, and its end. */
export function appOverviewRoutes(desk: Desk): Route[] {
  const { ctx } = desk;

  const show = appPage(desk, async ({ visitor, app, role, query }) => {
    const counted = await appStatistics(ctx, app.id, ctx.clock.now() - monthMs);
    const markup = renderAppOverview(desk.frame(visitor), {
      person: visitor.person,
      csrf: tokenOf(desk, visitor, "app"),
      app: await headOf(desk, app, role),
      figures: {
        people: counted.users,
        activePeople: counted.activeUsers,
        spentMicros: counted.spendMicros,
        failedCalls: counted.errors,
      },
      clientId: app.clientId,
      issuer: ctx.config.issuer,
      scopes: app.allowedScopes.map((name) => sentenceOf(desk, visitor, name)),
      createdAt: app.createdAt,
      updatedAt: app.updatedAt,
      asking: query.get("ask") === "deactivate",
      done: doneWords.find((word) => word === query.get("done")),
    });
    return desk.page(markup);
  });

  async function question({ visitor, app, role }: AppVisit, written?: string): Promise<Response> {
    const markup = renderAppDelete(desk.frame(visitor), {
      person: visitor.person,
      csrf: tokenOf(desk, visitor, "delete"),
      app: await headOf(desk, app, role),
      people: await countUsersUpTo(ctx, app.id, 1_000_000),
      shares: (await listShares(ctx, app.id)).length,
      written,
    });
    return desk.page(markup, { status: written === undefined ? 200 : 400 });
  }

  const ask = appPage(desk, async (visit) => {
    if (visit.role !== "owner") return redirect(appAddress("app", visit.app));
    const again = signInAgain(desk, visit.visitor, "delete", visit.app);
    return again === undefined ? question(visit) : redirect(again);
  });

  const end = appChange(desk, { tab: "delete", by: "owner", afterRecentSignIn: true }, async (visit) => {
    const { visitor, app, form } = visit;
    const written = form.get("confirm") ?? "";
    if (written.trim() !== app.name) return question(visit, written);
    await inTx(ctx, (tx) => deleteApp(tx, app.id, visitor.user.id));
    return redirect(`/account/apps?deleted=${app.id}`);
  });

  return [
    { method: "GET", path: "/account/apps/app", shape: "page", handler: show },
    { method: "POST", path: "/account/apps/activate", shape: "page", handler: turn(desk, true) },
    { method: "POST", path: "/account/apps/deactivate", shape: "page", handler: turn(desk, false) },
    { method: "GET", path: "/account/apps/delete", shape: "page", handler: ask },
    { method: "POST", path: "/account/apps/delete", shape: "page", handler: end },
  ];
}

function sentenceOf(desk: Desk, visitor: Visitor, name: string): string {
  const scope = findScope(name);
  return scope ? sayScope(desk.frame(visitor).text, scope).sentence(desk.ctx.config.brand.name) : name;
}

function turn(desk: Desk, on: boolean): Handler {
  const { ctx } = desk;
  return appChange(desk, { tab: "app", by: "manager", afterRecentSignIn: false }, async ({ visitor, app, info }) => {
    if (on && app.blockedAt !== null) {
      const { requestId: reference } = info;
      const markup = renderFatalError(desk.frame(visitor), { error: "forbidden", reason: "app_blocked", reference });
      return desk.page(markup, { status: 403 });
    }
    const { id } = visitor.user;
    await inTx(ctx, (tx) => (on ? activateApp(tx, app.id, id) : deactivateApp(tx, app.id, id)));
    return redirect(appAddress("app", app, `&done=${on ? "activated" : "deactivated"}`));
  });
}
