import { type App, findApp, findRole, isCommandLine } from "../apps/index.ts";
import type { Ctx } from "../context.ts";
import { Fault } from "../kernel/faults.ts";
import { findUser } from "../people/index.ts";
import type { CallerRole } from "./app-object.ts";
import { type ApiCaller, requireRecentSignIn } from "./guard.ts";

export const readingApps = ["apps:write", "account:read"] as const;
export const changingApps = ["apps:write"] as const;

export interface AppAccess {
  app: App;
  role: CallerRole;
}

/**
 * The app, for whoever has a role in it. Everybody else learns nothing, not even that it is there; so does a token that
 * some other app was given.
 *
 * @throws Fault `not_found`
 */
export async function getApp(ctx: Ctx, caller: ApiCaller, appId: string): Promise<AppAccess> {
  const app = await findApp(ctx, appId);
  const role = app && caller.appId === null ? await roleOf(ctx, app, caller) : undefined;
  if (!app || !role) throw new Fault("not_found", "Application not found");
  return { app, role };
}

/** @throws Fault `not_found`; `forbidden` for somebody who may only look. */
export async function getChangeableApp(ctx: Ctx, caller: ApiCaller, appId: string): Promise<AppAccess> {
  const access = await getApp(ctx, caller, appId);
  if (access.role === "viewer") throw new Fault("forbidden", "You can look at this app but not change it.");
  return access;
}

/** For what gives away an app's credentials: an operator has no business there. @throws as above */
export async function getManagedApp(ctx: Ctx, caller: ApiCaller, appId: string): Promise<AppAccess> {
  const access = await getChangeableApp(ctx, caller, appId);
  if (access.role === "operator") throw new Fault("forbidden", "Only the app's own people can do this.");
  return access;
}

/** @throws Fault `not_found`; `forbidden` for everybody who has another role. */
export async function getOwnedApp(ctx: Ctx, caller: ApiCaller, appId: string): Promise<App> {
  const { app, role } = await getApp(ctx, caller, appId);
  if (role !== "owner") throw new Fault("forbidden", "Only the owner of this app can do this.");
  return app;
}

export async function isOperator(ctx: Ctx, { userId }: ApiCaller): Promise<boolean> {
  return (await findUser(ctx, userId))?.role === "operator";
}

/**
 * Whoever finds an open browser must not take over an app with it. A key was made for the purpose, and asks nobody.
 *
 * @throws Fault `forbidden`
 */
export async function insistOnRecentSignIn(ctx: Ctx, caller: ApiCaller): Promise<void> {
  if (caller.provenAt !== null) await requireRecentSignIn(ctx, caller);
}

async function roleOf(ctx: Ctx, app: App, caller: ApiCaller): Promise<CallerRole | undefined> {
  // What every platform trusts is no operator's to lead elsewhere.
  if (isCommandLine(app.id)) return undefined;
  const role = await findRole(ctx, app, caller.userId);
  if (role || app.deletedAt !== null) return role;
  return (await isOperator(ctx, caller)) ? "operator" : undefined;
}
