import { type App, listApps } from "../../apps/index.ts";
import { countUsersUpTo } from "../../consent/index.ts";
import { readQuery } from "../../http/form.ts";
import type { Handler, Route } from "../../http/table.ts";
import { Fault } from "../../kernel/faults.ts";
import { parseHttpUrl } from "../../kernel/url.ts";
import { findUser } from "../../people/index.ts";
import { faceOf } from "../account/apps-of.ts";
import type { Desk } from "../desk.ts";
import { type DirectoryApp, renderDirectory } from "../pages/app-directory.ts";

const perPage = 24;
const longestSearch = 200;
const pageShape = /^\d{1,4}$/;

/** The listed apps, for everybody. */
export function directoryRoutes(desk: Desk): Route[] {
  const { ctx } = desk;
  const handler: Handler = async (request, info) => {
    const asked = readQuery(info.query);
    const search = asked.get("search")?.trim().slice(0, longestSearch) || undefined;
    const pageText = asked.get("page") ?? "0";
    if (!pageShape.test(pageText)) throw new Fault("not_found", "There is no such page.");
    const page = Number(pageText);
    const visitor = await desk.findVisitor(request);
    const { total, items } = await listApps(ctx, { includeListed: true, search, page, limit: perPage });
    if (page > 0 && items.length === 0) throw new Fault("not_found", "There is no such page.");
    const apps = await Promise.all(items.map((app) => describe(desk, app)));
    return desk.page(
      renderDirectory(desk.frame(request), { person: visitor?.person, apps, total, search, page, perPage }),
    );
  };
  return [{ method: "GET", path: "/apps", shape: "page", handler }];
}

async function describe({ ctx }: Desk, app: App): Promise<DirectoryApp> {
  const [owner, users] = await Promise.all([findUser(ctx, app.ownerId), countUsersUpTo(ctx, app.id, 1000)]);
  // Checked when it was registered, and again before it is shown.
  const homepage = app.homepageUrl === null ? undefined : parseHttpUrl(app.homepageUrl);
  return {
    id: app.id,
    face: faceOf(app),
    description: app.description ?? undefined,
    homepage: homepage && { url: homepage.href, host: homepage.host },
    owner: owner?.displayName ?? app.ownerId,
    crowd: crowdOf(users),
  };
}

/** So roughly that nobody can watch a single person come or go. */
function crowdOf(users: number): DirectoryApp["crowd"] {
  if (users >= 1000) return "thousands";
  if (users >= 100) return "hundreds";
  return users >= 10 ? "tens" : "few";
}
