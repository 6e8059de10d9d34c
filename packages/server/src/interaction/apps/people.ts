import { listShares, shareApp, unshareApp } from "../../apps/index.ts";
import { inTx } from "../../context.ts";
import type { Form } from "../../http/form.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import { findUser, findUserByLogin, normaliseUsername, type User } from "../../people/index.ts";
import type { Desk } from "../desk.ts";
import { appAddress } from "../pages/app-frame.ts";
import { type AppPeopleProps, renderAppPeople } from "../pages/app-people.ts";
import { type AppForm, type AppVisit, appChange, appPage, headOf, signInAgain, tokenOf } from "./access.ts";

/** Whoever is let in may soon hold its secrets, so this asks for what those ask for. */
const sensitive: AppForm = { tab: "people", by: "owner", afterRecentSignIn: true };

/** Who works on an app beside its owner. */
export function appPeopleRoutes(desk: Desk): Route[] {
  const { ctx } = desk;

  async function show({ visitor, app, role }: AppVisit, more: Pick<AppPeopleProps, "written" | "done"> = {}) {
    const owner = await findUser(ctx, app.ownerId);
    const shares = await Promise.all(
      (await listShares(ctx, app.id)).map(async (share) => {
        const user = await findUser(ctx, share.userId);
        const named = { name: user?.displayName ?? share.userId, username: user?.username ?? "" };
        return { ...share, ...named };
      }),
    );
    const markup = renderAppPeople(desk.frame(visitor), {
      person: visitor.person,
      csrf: tokenOf(desk, visitor, "people"),
      app: await headOf(desk, app, role),
      ownerUsername: owner?.username ?? "",
      shares,
      signInAgain: role === "owner" ? signInAgain(desk, visitor, "people", app) : undefined,
      ...more,
    });
    return desk.page(markup, { status: more.written ? 400 : 200 });
  }

  const view = appPage(desk, async (visit) => {
    const sharedWith = visit.query.get("shared");
    const shared = (await listShares(ctx, visit.app.id)).some(({ userId }) => userId === sharedWith);
    const user = shared && sharedWith ? await findUser(ctx, sharedWith) : undefined;
    if (user) return show(visit, { done: { kind: "shared", name: user.displayName } });
    return show(visit, visit.query.get("done") === "taken" ? { done: { kind: "takenBack" } } : {});
  });

  const share = appChange(desk, sensitive, async (visit) => {
    const { visitor, app, form } = visit;
    const username = form.get("username");
    const role = form.get("role") === "viewer" ? "viewer" : "manager";
    const refuse = (error: NonNullable<AppPeopleProps["written"]>["error"]) =>
      show(visit, { written: { username, role, error } });
    const user = await findByUsername(desk, form);
    if (!user) return refuse(username === undefined ? "missing" : "unknown");
    const parties = { appId: app.id, ownerId: app.ownerId, userId: user.id, role, actorId: visitor.user.id } as const;
    const shared = await inTx(ctx, (tx) => shareApp(tx, parties));
    if (!shared.ok && shared.why !== "closed") return refuse(shared.why);
    return redirect(appAddress("people", app, `&shared=${user.id}`));
  });

  const takeBack = appChange(desk, sensitive, async ({ visitor, app, form }) => {
    const parties = { appId: app.id, userId: form.get("user") ?? "", actorId: visitor.user.id };
    const ended = await inTx(ctx, (tx) => unshareApp(tx, parties));
    return redirect(appAddress("people", app, ended ? "&done=taken" : ""));
  });

  return [
    { method: "GET", path: "/account/apps/people", shape: "page", handler: view },
    { method: "POST", path: "/account/apps/people", shape: "page", handler: share },
    { method: "POST", path: "/account/apps/people/remove", shape: "page", handler: takeBack },
  ];
}

/** By the username only: whether somebody has an e-mail address is nobody's business. */
async function findByUsername({ ctx }: Desk, form: Form): Promise<User | undefined> {
  const username = normaliseUsername(form.get("username") ?? "");
  const found = username === undefined ? undefined : await findUserByLogin(ctx, username);
  return found?.user.username === username && found?.user.disabledAt === null ? found.user : undefined;
}
