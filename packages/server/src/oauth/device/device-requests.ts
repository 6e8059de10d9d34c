import { type App, findApp } from "../../apps/index.ts";
import type { Asked } from "../../consent/index.ts";
import { type Ctx, inTx } from "../../context.ts";
import { assert } from "../../kernel/assert.ts";
import { keyedHash } from "../../kernel/hash.ts";
import { type DeviceRequest, deviceLifeMs, firstIntervalMs } from "./device-request.ts";
import { claimForSession, insertDeviceRequest, selectByUserCode, selectDeviceRequest } from "./device-requests.sql.ts";
import { newUserCode } from "./user-code.ts";

const purpose = "device user code";
/** Two codes alike are one in 25.6 thousand million; so many in a row are a broken source of chance. */
const attempts = 5;

/** Stores what a device asks for. The user code is answered here and stored nowhere. */
export async function createDeviceRequest(
  ctx: Ctx,
  app: App,
  asked: Asked,
): Promise<{ id: string; userCode: string; expiresAt: number }> {
  const expiresAt = ctx.clock.now() + deviceLifeMs;
  const request = { appId: app.id, appGeneration: app.generation, asked, expiresAt, intervalMs: firstIntervalMs };
  for (let attempt = 0; attempt < attempts; attempt++) {
    const id = ctx.random.id("fam");
    const userCode = newUserCode(ctx.random);
    const userCodeHash = keyedHash(ctx.config.secrets[0]!, purpose, userCode);
    const isNew = await inTx(ctx, (tx) => insertDeviceRequest(tx, { ...request, id, userCodeHash }));
    if (isNew) return { id, userCode, expiresAt };
  }
  assert(false, "chance makes the same user codes again and again");
}

/** A request that a person has opened, with the app that waits for it. */
export interface OpenedRequest {
  request: DeviceRequest;
  app: App;
}

/** What shows this code now, whoever has opened it. Reads only. */
export async function findByUserCode(ctx: Ctx, userCode: string): Promise<OpenedRequest | undefined> {
  // Eight letters are few enough to try them all against a plain hash, so the hash has a key: an older one, maybe.
  for (const secret of ctx.config.secrets) {
    const request = await selectByUserCode(ctx, keyedHash(secret, purpose, userCode));
    if (request) return withApp(ctx, request);
  }
  return undefined;
}

/** As it stands now: decided and expired ones too. */
export async function findDeviceRequest(ctx: Ctx, id: string): Promise<OpenedRequest | undefined> {
  const request = await selectDeviceRequest(ctx, id);
  return request && withApp(ctx, request);
}

async function withApp(ctx: Ctx, request: DeviceRequest): Promise<OpenedRequest | undefined> {
  const app = await findApp(ctx, request.appId);
  return app && mayUse(app, request) ? { request, app } : undefined;
}

/** Neither deactivated nor deleted, at no time since it asked. */
function mayUse(app: App, request: DeviceRequest): boolean {
  return app.deactivatedAt === null && app.generation === request.appGeneration;
}

/** The first session that opens a request owns it. False when another one does. */
export async function openDeviceRequest(ctx: Ctx, { id, sessionId }: DeviceRequest, opener: string): Promise<boolean> {
  if (sessionId !== null) return sessionId === opener;
  if (await inTx(ctx, (tx) => claimForSession(tx, id, opener))) return true;
  return (await selectDeviceRequest(ctx, id))?.sessionId === opener;
}
