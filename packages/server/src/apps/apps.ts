import type { Ctx, Tx } from "../context.ts";
import { announce, recordAudit } from "../events/index.ts";
import { sha256Hex } from "../kernel/hash.ts";
import type { App } from "./app.ts";
import {
  type AppFilter,
  countApps,
  insertApp,
  insertSecret,
  reactivateApp,
  retireApp,
  selectApps,
  selectByClientId,
  selectById,
  selectSecrets,
} from "./apps.sql.ts";
import type { AppMetadata } from "./metadata.ts";

export type CreateAppResult =
  | { ok: true; app: App /** Shown now and never again; public clients have none. */; clientSecret?: string }
  | { ok: false; why: "name_taken" };

/** Names are unique over the whole platform, in any letter case. */
export async function createApp(tx: Tx, ownerId: string, metadata: AppMetadata): Promise<CreateAppResult> {
  const now = tx.clock.now();
  const app = await insertApp(tx, {
    ...metadata,
    id: tx.random.id("app"),
    clientId: `cid_${tx.random.text(24)}`,
    ownerId,
    nameKey: metadata.name.toLowerCase(),
    now,
  });
  if (!app) return { ok: false, why: "name_taken" };
  await recordAudit(tx, { actorId: ownerId, action: "app.created", subjectId: app.id, detail: { name: app.name } });
  if (app.clientType === "public") return { ok: true, app };
  const clientSecret = `csc_${tx.random.text(48)}`;
  await insertSecret(tx, { appId: app.id, hash: sha256Hex(clientSecret), hint: clientSecret.slice(-4), now });
  return { ok: true, app, clientSecret };
}

export function findApp(ctx: Ctx, appId: string): Promise<App | undefined> {
  return selectById(ctx, appId);
}

/** Deactivated apps are found too: whoever lets an app act checks `deactivatedAt`. */
export function findAppByClientId(ctx: Ctx, clientId: string): Promise<App | undefined> {
  return selectByClientId(ctx, clientId);
}

/** One page of active apps, newest first, and how many there are in all. */
export async function listApps(ctx: Ctx, filter: AppFilter): Promise<{ total: number; items: App[] }> {
  const total = await countApps(ctx, filter);
  return { total, items: total === 0 ? [] : await selectApps(ctx, filter) };
}

/** SHA-256 of every secret that authenticates the app now. */
export function secretHashes(ctx: Ctx, appId: string): Promise<string[]> {
  return selectSecrets(ctx, appId, ctx.clock.now());
}

/** Kills every token of the app. Undefined when it was not active. */
export async function deactivateApp(tx: Tx, appId: string, actorId: string): Promise<App | undefined> {
  const app = await retireApp(tx, appId, tx.clock.now());
  if (!app) return undefined;
  await announce(tx, "app", app.id);
  await recordAudit(tx, { actorId, action: "app.deactivated", subjectId: app.id });
  return app;
}

/** Lets the app begin anew; its generation stays, so no token of the past lives again. Undefined when it was active. */
export async function activateApp(tx: Tx, appId: string, actorId: string): Promise<App | undefined> {
  const app = await reactivateApp(tx, appId, tx.clock.now());
  if (!app) return undefined;
  await announce(tx, "app", app.id);
  await recordAudit(tx, { actorId, action: "app.activated", subjectId: app.id });
  return app;
}
