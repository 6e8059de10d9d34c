import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import type { Tx } from "../context.ts";
import { recordAudit } from "../events/index.ts";
import { openJson, type Sealer, sealJson } from "../kernel/seal.ts";
import { holdApp } from "./apps.sql.ts";
import { replaceWebhookSecret, selectWebhookTarget } from "./webhooks.sql.ts";

/** What stands sealed in the app's row, newest first. The app's own id says that no other app's was put in its place. */
interface Kept {
  appId: string;
  secrets: { secret: string /** Epoch milliseconds. */; until: number | null }[];
}

const purpose = "webhook_secret";
const prefix = "whsec_";
const mostSecrets = 3;

/**
 * Gives the app a new secret for its webhooks, shown now and never again. Until the one before ends, everything is signed
 * with both. Undefined when the app is deleted.
 *
 * @param lasting the sealer that outlives a restored backup
 */
export async function rotateWebhookSecret(
  tx: Tx,
  lasting: Sealer,
  { appId, actorId, overlapSeconds }: { appId: string; actorId: string; overlapSeconds: number },
): Promise<{ webhookSecret: string } | undefined> {
  if (!(await holdApp(tx, appId))) return undefined;
  const target = await selectWebhookTarget(tx, appId);
  const now = tx.clock.now();
  const end = now + overlapSeconds * 1000;
  const before = openKept(lasting, appId, target?.secretSealed ?? null)
    .map(({ secret, until }) => ({ secret, until: Math.min(until ?? end, end) }))
    .filter(({ until }) => until > now);
  const webhookSecret = prefix + Buffer.from(tx.random.bytes(32)).toString("base64");
  const kept: Kept = { appId, secrets: [{ secret: webhookSecret, until: null }, ...before].slice(0, mostSecrets) };
  await replaceWebhookSecret(tx, appId, sealJson(lasting, purpose, kept));
  await recordAudit(tx, {
    actorId,
    action: "app.webhook_secret_rotated",
    subjectId: appId,
    detail: { overlapSeconds },
  });
  return { webhookSecret };
}

/** The secrets that are good now, newest first. */
export function openWebhookSecrets(lasting: Sealer, appId: string, sealed: string | null, now: number): string[] {
  return openKept(lasting, appId, sealed)
    .filter(({ until }) => until === null || until > now)
    .map(({ secret }) => secret);
}

function openKept(lasting: Sealer, appId: string, sealed: string | null): Kept["secrets"] {
  const kept = sealed === null ? undefined : openJson<Kept>(lasting, purpose, sealed);
  return kept?.appId === appId ? kept.secrets : [];
}

/** The headers of Standard Webhooks 1.0 for one attempt: one signature for each secret. */
export function webhookHeaders(
  { id, payload }: { id: string; payload: string },
  secrets: readonly string[],
  now: number,
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const signed = `${id}.${timestamp}.${payload}`;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), "base64");
    return `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
  });
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}
