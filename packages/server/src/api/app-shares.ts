import { z } from "zod";
import { type App, listShares, type Share, shareApp, unshareApp } from "../apps/index.ts";
import { type Ctx, inTx } from "../context.ts";
import { Fault } from "../kernel/faults.ts";
import { findUser, findUserByLogin, type User } from "../people/index.ts";
import { changingApps, getApp, getOwnedApp, insistOnRecentSignIn } from "./app-access.ts";
import type { ApiCaller } from "./guard.ts";
import { type Operation, operation } from "./operation.ts";

const role = z.enum(["viewer", "manager"]);

const wanted = z.object({
  app_id_or_name: z.string().min(1).max(256).optional().meta({ description: "If given, that of the app in the path" }),
  user_id_or_name: z.string().min(1).max(256),
  role: role.default("viewer").meta({ description: "A viewer looks at the app, a manager changes it too" }),
});

/** The owner says who else sees and changes an app. */
export function shareOperations(ctx: Ctx): Operation[] {
  return [
    operation({
      method: "POST",
      path: "/idp/apps/{app_id}/share",
      summary: "Share an app with somebody",
      anyOf: changingApps,
      body: wanted,
      answer: z.object({ app_id: z.string(), shared_to: z.string(), shared_to_username: z.string(), role }),
      refusals: ["not_found", "forbidden", "invalid_request", "conflict"],
      handle: ({ caller, params, body }) => share(ctx, caller, params.app_id, body),
    }),
    operation({
      method: "DELETE",
      path: "/idp/apps/{app_id}/share/{user_id}",
      summary: "Take a share back, or give up your own",
      anyOf: changingApps,
      answer: z.object({ app_id: z.string(), unshared_from: z.string() }),
      refusals: ["not_found", "forbidden"],
      async handle({ caller, params: { app_id, user_id } }) {
        const app =
          user_id === caller.userId ? (await getApp(ctx, caller, app_id)).app : await getOwnedApp(ctx, caller, app_id);
        const ended = await inTx(ctx, (tx) =>
          unshareApp(tx, { appId: app.id, userId: user_id, actorId: caller.userId }),
        );
        if (!ended) throw new Fault("not_found", "Share not found");
        return { app_id: app.id, unshared_from: user_id };
      },
    }),
    operation({
      method: "GET",
      path: "/idp/apps/{app_id}/shares",
      summary: "List whom an app is shared with",
      anyOf: changingApps,
      answer: z.object({
        app_id: z.string(),
        shares: z.array(z.object({ user_id: z.string(), username: z.string(), shared_at: z.iso.datetime(), role })),
      }),
      refusals: ["not_found"],
      async handle({ caller, params }) {
        const { app } = await getApp(ctx, caller, params.app_id);
        const shares = await listShares(ctx, app.id);
        return { app_id: app.id, shares: await Promise.all(shares.map((each) => renderShare(ctx, each))) };
      },
    }),
  ];
}

async function share(ctx: Ctx, caller: ApiCaller, appId: string, asked: z.output<typeof wanted>) {
  const app = await getOwnedApp(ctx, caller, appId);
  // Whoever is let in may soon hold its secrets.
  await insistOnRecentSignIn(ctx, caller);
  const named = asked.app_id_or_name;
  if (named !== undefined && !isNameOf(app, named)) {
    const issue = { loc: ["body", "app_id_or_name"], msg: "Names another app than the path", type: "mismatch" };
    throw new Fault("validation_failed", `app_id_or_name: ${issue.msg}`, { fields: { issues: [issue] } });
  }
  const user = await findPerson(ctx, asked.user_id_or_name);
  if (!user) throw new Fault("not_found", "User not found");
  const parties = { appId: app.id, ownerId: app.ownerId, userId: user.id, actorId: caller.userId };
  const shared = await inTx(ctx, (tx) => shareApp(tx, { ...parties, role: asked.role }));
  if (!shared.ok) throw refusals[shared.why]();
  return { app_id: app.id, shared_to: user.id, shared_to_username: user.username, role: shared.share.role };
}

const refusals = {
  self: () => new Fault("invalid_request", "Cannot share app with yourself"),
  already: () => new Fault("conflict", "App is already shared with this user"),
  closed: () => new Fault("not_found", "Application not found"),
};

function isNameOf(app: App, text: string): boolean {
  return text === app.id || text.toLowerCase() === app.name.toLowerCase();
}

/** By id or username. An e-mail address finds nobody: it would tell whose it is. */
async function findPerson(ctx: Ctx, text: string): Promise<User | undefined> {
  if (text.normalize("NFKC").includes("@")) return undefined;
  const user = (await findUser(ctx, text)) ?? (await findUserByLogin(ctx, text))?.user;
  return user?.disabledAt === null ? user : undefined;
}

async function renderShare(ctx: Ctx, { userId, createdAt, role }: Share) {
  const user = await findUser(ctx, userId);
  return {
    user_id: userId,
    username: user?.username ?? "",
    shared_at: new Date(createdAt).toISOString(),
    role,
  };
}
