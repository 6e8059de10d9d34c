import type { Ctx, Tx } from "../context.ts";
import { recordAudit } from "../events/index.ts";
import type { App } from "./app.ts";
import { holdApp } from "./apps.sql.ts";
import { deleteShare, insertShare, type Share, type ShareRole, selectShare, selectShares } from "./shares.sql.ts";

/** What somebody is to an app. Viewers look, managers change; only the owner deletes it and says who else is let in. */
export type AppRole = "owner" | ShareRole;

/** Undefined for whoever must not learn that the app is there, and for everybody when it is deleted. */
export async function findRole(
  ctx: Ctx,
  app: Pick<App, "id" | "ownerId" | "deletedAt">,
  userId: string,
): Promise<AppRole | undefined> {
  if (app.deletedAt !== null) return undefined;
  if (app.ownerId === userId) return "owner";
  return (await selectShare(ctx, app.id, userId))?.role;
}

export type ShareAppResult =
  | { ok: true; share: Share }
  /** `self`: the owner needs no share. `closed`: the app was deleted. */
  | { ok: false; why: "already" | "self" | "closed" };

export async function shareApp(
  tx: Tx,
  share: { appId: string; ownerId: string; userId: string; role: ShareRole; actorId: string },
): Promise<ShareAppResult> {
  const { appId, ownerId, userId, role, actorId } = share;
  if (userId === ownerId) return { ok: false, why: "self" };
  // Held, so that a share never comes after the app was deleted.
  if (!(await holdApp(tx, appId))) return { ok: false, why: "closed" };
  const made = await insertShare(tx, { appId, userId, role });
  if (!made) return { ok: false, why: "already" };
  await recordAudit(tx, { actorId, action: "app.shared", subjectId: appId, detail: { userId, role } });
  return { ok: true, share: made };
}

/** False when there was no share. */
export async function unshareApp(
  tx: Tx,
  { appId, userId, actorId }: { appId: string; userId: string; actorId: string },
): Promise<boolean> {
  const ended = await deleteShare(tx, appId, userId);
  if (!ended) return false;
  await recordAudit(tx, { actorId, action: "app.unshared", subjectId: appId, detail: { userId, role: ended.role } });
  return true;
}

/** Oldest first. */
export function listShares(ctx: Ctx, appId: string): Promise<Share[]> {
  return selectShares(ctx, appId);
}
