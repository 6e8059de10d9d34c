import type { Ctx, Tx } from "../context.ts";
import { announce, queueWebhook, recordAudit } from "../events/index.ts";
import { sha256Hex } from "../kernel/hash.ts";
import type { App } from "./app.ts";
import { holdApp } from "./apps.sql.ts";
import {
  deleteSecret,
  expireSecrets,
  forgetDeadSecrets,
  insertSecret,
  type Secret,
  selectSecrets,
} from "./secrets.sql.ts";

export interface NewClientSecret {
  /** Shown now and never again. */
  clientSecret: string;
  secret: Secret;
}

export type RotateSecretResult =
  | ({ ok: true } & NewClientSecret)
  /** `closed`: the app was deleted. `public_client`: it can keep no secret. */
  | { ok: false; why: "closed" | "public_client" };

/** Every call with a secret compares it with all of them, so there are never many. */
const mostSecrets = 10;

export async function addSecret(tx: Tx, appId: string): Promise<NewClientSecret> {
  const clientSecret = `csc_${tx.random.text(48)}`;
  const secret = await insertSecret(tx, { appId, hash: sha256Hex(clientSecret), hint: clientSecret.slice(-4) });
  return { clientSecret, secret };
}

/** Living ones, newest first. */
export function listSecrets(ctx: Ctx, appId: string): Promise<Secret[]> {
  return selectSecrets(ctx, appId);
}

/**
 * Gives the app a new secret. Those it has stay good for `overlapSeconds`, or for what was left to them if that is less;
 * of more than ten the oldest end at once.
 */
export async function rotateSecret(
  tx: Tx,
  app: Pick<App, "id">,
  { actorId, overlapSeconds }: { actorId: string; overlapSeconds: number },
): Promise<RotateSecretResult> {
  const held = await holdApp(tx, app.id);
  if (!held) return { ok: false, why: "closed" };
  if (held.app.clientType === "public") return { ok: false, why: "public_client" };
  await expireSecrets(tx, app.id, tx.clock.now() + overlapSeconds * 1000);
  await forgetDeadSecrets(tx, app.id);
  const left = await selectSecrets(tx, app.id);
  for (const { id } of left.slice(mostSecrets - 1)) await deleteSecret(tx, app.id, id);
  const added = await addSecret(tx, app.id);
  await announce(tx, "app", app.id);
  await recordAudit(tx, {
    actorId,
    action: "app.secret_rotated",
    subjectId: app.id,
    detail: { secretId: added.secret.id, overlapSeconds },
  });
  const facts = { secret_id: added.secret.id, overlap_seconds: overlapSeconds };
  await queueWebhook(tx, { appId: app.id, type: "secret.rotated", data: facts });
  return { ok: true, ...added };
}

/** Refused everywhere within a second. Undefined when the app has no such secret. */
export async function killSecret(
  tx: Tx,
  appId: string,
  secretId: string,
  actorId: string,
): Promise<Secret | undefined> {
  const secret = await deleteSecret(tx, appId, secretId);
  if (!secret) return undefined;
  await announce(tx, "app", appId);
  await recordAudit(tx, { actorId, action: "app.secret_killed", subjectId: appId, detail: { secretId: secret.id } });
  return secret;
}
