import type { Ctx, Tx } from "../context.ts";
import { announce, recordAudit } from "../events/index.ts";
import type { App } from "./app.ts";
import {
  blockApp,
  buryApp,
  insertApp,
  reactivateApp,
  retireApp,
  selectByClientId,
  selectById,
  unblockApp,
} from "./apps.sql.ts";
import type { AppMetadata } from "./metadata.ts";
import { claimName, freeNames, leavePlace, takePlace } from "./names.sql.ts";
import { nameKeysOf } from "./row.ts";
import { type AppFilter, countApps, indexApp, type Place, selectApps } from "./search.sql.ts";
import { deleteSecrets, type SecretHash, selectHashes } from "./secrets.sql.ts";
import { addSecret } from "./secrets.ts";
import { deleteShares } from "./shares.sql.ts";

export type CreateAppResult =
  | { ok: true; app: App /** Shown now and never again; public clients have none. */; clientSecret?: string }
  /** `too_many`: the owner has as many apps as he may. */
  | { ok: false; why: "name_taken" | "too_many" };

/**
 * Names are unique over the whole platform, by what they look like.
 *
 * @param options.limit how many apps the owner may have, this one included; by default any number
 */
export async function createApp(
  tx: Tx,
  ownerId: string,
  metadata: AppMetadata,
  { limit = Number.MAX_SAFE_INTEGER } = {},
): Promise<CreateAppResult> {
  const id = tx.random.id("app");
  if (!(await claimName(tx, nameKeysOf(metadata.name), id))) return { ok: false, why: "name_taken" };
  if (!(await takePlace(tx, ownerId, limit))) return { ok: false, why: "too_many" };
  const clientId = `cid_${tx.random.text(24)}`;
  const app = await insertApp(tx, { ...metadata, id, clientId, ownerId, now: tx.clock.now() });
  if (!app) return { ok: false, why: "name_taken" };
  await indexApp(tx, app);
  await recordAudit(tx, { actorId: ownerId, action: "app.created", subjectId: app.id, detail: { name: app.name } });
  if (app.clientType === "public") return { ok: true, app };
  return { ok: true, app, clientSecret: (await addSecret(tx, app.id)).clientSecret };
}

/** Deleted apps are found too, because the bill names them. */
export function findApp(ctx: Ctx, appId: string): Promise<App | undefined> {
  return selectById(ctx, appId);
}

/** Deactivated apps are found too: whoever lets an app act checks `deactivatedAt`. */
export function findAppByClientId(ctx: Ctx, clientId: string): Promise<App | undefined> {
  return selectByClientId(ctx, clientId);
}

/** One page of active apps, newest first, and how many there are in all. */
export async function listApps(ctx: Ctx, filter: AppFilter & Place): Promise<{ total: number; items: App[] }> {
  if (filter.page !== 0) {
    const [items, total] = await Promise.all([selectApps(ctx, filter, filter), countApps(ctx, filter)]);
    return { total, items };
  }
  const items = await selectApps(ctx, filter, filter);
  // A first page that is not full says how many there are: looking through all apps twice takes its time.
  return { total: items.length < filter.limit ? items.length : await countApps(ctx, filter), items };
}

/** SHA-256 of every secret that authenticates the app now. */
export function secretHashes(ctx: Ctx, appId: string): Promise<SecretHash[]> {
  return selectHashes(ctx, appId);
}

export interface Switching {
  /** What an operator deactivates, only an operator activates again. @default false */
  asOperator?: boolean;
}

/** Kills every token of the app. Undefined when it was not active, or for an operator, when it was blocked before. */
export async function deactivateApp(
  tx: Tx,
  appId: string,
  actorId: string,
  { asOperator = false }: Switching = {},
): Promise<App | undefined> {
  const app = await (asOperator ? blockApp(tx, appId) : retireApp(tx, appId));
  return app && tellActive(tx, app, actorId, "app.deactivated");
}

/**
 * Lets the app begin anew; its generation stays, so no token of the past lives again. Undefined when it was active, or is
 * blocked by an operator.
 */
export async function activateApp(
  tx: Tx,
  appId: string,
  actorId: string,
  { asOperator = false }: Switching = {},
): Promise<App | undefined> {
  if (asOperator) await unblockApp(tx, appId);
  const app = await reactivateApp(tx, appId);
  return app && tellActive(tx, app, actorId, "app.activated");
}

async function tellActive(tx: Tx, app: App, actorId: string, action: string): Promise<App> {
  await indexApp(tx, app);
  await announce(tx, "app", app.id);
  await recordAudit(tx, { actorId, action, subjectId: app.id });
  return app;
}

/**
 * Ends the app for good: its tokens, secrets and shares are gone, and its name is free. The row stays for the bill.
 * Undefined when it was deleted before.
 */
export async function deleteApp(tx: Tx, appId: string, actorId: string): Promise<App | undefined> {
  const app = await buryApp(tx, appId);
  if (!app) return undefined;
  await freeNames(tx, app.id, []);
  await deleteShares(tx, app.id);
  await deleteSecrets(tx, app.id);
  await leavePlace(tx, app.ownerId);
  await indexApp(tx, app);
  await announce(tx, "app", app.id);
  await recordAudit(tx, { actorId, action: "app.deleted", subjectId: app.id, detail: { name: app.name } });
  return app;
}
