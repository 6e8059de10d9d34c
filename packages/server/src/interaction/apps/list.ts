import { findApp, listWorkedOn, mayCreateApps } from "../../apps/index.ts";
import { countUsersUpTo } from "../../consent/index.ts";
import { readQuery } from "../../http/form.ts";
import type { Route } from "../../http/table.ts";
import { signedIn } from "../account/signed-in.ts";
import type { Desk } from "../desk.ts";
import { renderAppList } from "../pages/app-list.ts";
import { headOf } from "./access.ts";

/** Operators may own any number. */
const mostShown = 500;
const mostCounted = 1_000_000;

/** What a person makes, and what others let him into. */
export function appListRoutes(desk: Desk): Route[] {
  const { ctx } = desk;
  const handler = signedIn(desk, async ({ visitor, info }) => {
    const { user, person } = visitor;
    const found = await listWorkedOn(ctx, user.id, mostShown);
    const apps = await Promise.all(
      found.map(async ({ app, role }) => ({
        ...(await headOf(desk, app, role)),
        description: app.description ?? undefined,
        people: await countUsersUpTo(ctx, app.id, mostCounted),
        createdAt: app.createdAt,
      })),
    );
    const verdict = await mayCreateApps(ctx, user);
    const deletedId = readQuery(info.query).get("deleted");
    const deleted = deletedId === undefined ? undefined : await findApp(ctx, deletedId);
    const isOwn = deleted?.ownerId === user.id && deleted.deletedAt !== null;
    const markup = renderAppList(desk.frame(visitor), {
      person,
      apps,
      mayNot: verdict.ok ? undefined : verdict.why,
      deleted: isOwn ? deleted.name : undefined,
    });
    return desk.page(markup);
  });
  return [{ method: "GET", path: "/account/apps", shape: "page", handler }];
}
