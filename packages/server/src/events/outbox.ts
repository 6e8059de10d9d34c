import type { Ctx, Tx } from "../context.ts";
import {
  countEvents,
  deleteEventsBefore,
  insertEvent,
  leaseEvent,
  markDelivered,
  markGivenUp,
  postponeEvent,
  restartEvent,
  selectEvent,
  selectEvents,
} from "./outbox.sql.ts";
import type { WebhookEvent, WebhookType } from "./outbox-event.ts";

export interface QueuedWebhook {
  appId: string;
  type: WebhookType;
  /** Facts for the app, in snake case. Never a secret. `app_id` is added. */
  data: Record<string, unknown>;
}

/**
 * Tells an app in the changing transaction what changes: it is sent if that commits, and only then. Undefined when the
 * app has no webhook address.
 */
export function queueWebhook(tx: Tx, { appId, type, data }: QueuedWebhook): Promise<WebhookEvent | undefined> {
  const timestamp = new Date(tx.clock.now()).toISOString();
  const payload = JSON.stringify({ type, timestamp, data: { app_id: appId, ...data } });
  return insertEvent(tx, { id: tx.random.id("evt"), appId, type, payload });
}

const leaseMs = 60_000;
const longestWaitMs = 12 * 3_600_000;
/** One that fails at the end of this is given up, and so is what waited behind it as long. */
const triedForMs = 3 * 86_400_000;

/** The right to send it, for a minute. Undefined when somebody else has it, or it is not due any more. */
export function claimWebhook(tx: Tx, seen: WebhookEvent): Promise<WebhookEvent | undefined> {
  return leaseEvent(tx, seen, leaseMs);
}

/** Lets the apps that wait go first, though what is next for this one may have waited longer. */
export function deferWebhook(tx: Tx, next: WebhookEvent): Promise<void> {
  return postponeEvent(tx, next, Math.max(next.nextAttemptAt, tx.clock.now()), next.lastError);
}

/** Writes down how an attempt went. After three days, or when it is `hopeless`, nobody tries again by himself. */
export async function recordAttempt(
  tx: Tx,
  event: WebhookEvent,
  verdict: { ok: true } | { ok: false; error: string; hopeless?: boolean },
): Promise<void> {
  if (verdict.ok) return markDelivered(tx, event);
  const next = tx.clock.now() + waitAfter(event.attempts, tx);
  const ends = verdict.hopeless || next > event.queuedAt + triedForMs;
  return ends ? markGivenUp(tx, event, verdict.error) : postponeEvent(tx, event, next, verdict.error);
}

/** 5 s, 20 s, 80 s, … 12 h, a fifth more or less, so that what failed together does not return together. */
function waitAfter(attempts: number, { random }: Tx): number {
  const wait = Math.min(5000 * 4 ** (attempts - 1), longestWaitMs);
  return Math.round(wait * (0.8 + (0.4 * random.bytes(1)[0]!) / 255));
}

export type ReplayResult = { ok: true; event: WebhookEvent } | { ok: false; why: "unknown" | "busy" };

/** Sends it again, as new, before everything that waits. Refused while it is being sent. */
export async function replayWebhook(tx: Tx, appId: string, eventId: string): Promise<ReplayResult> {
  const event = await restartEvent(tx, appId, eventId);
  if (event) return { ok: true, event };
  return { ok: false, why: (await selectEvent(tx, appId, eventId)) ? "busy" : "unknown" };
}

/** What the app was told or will be, newest first. */
export async function listWebhooks(
  ctx: Ctx,
  appId: string,
  { page, limit }: { page: number; limit: number },
): Promise<{ total: number; items: WebhookEvent[] }> {
  const [total, items] = await Promise.all([countEvents(ctx, appId), selectEvents(ctx, appId, limit, page * limit)]);
  return { total, items };
}

const keptMs = 30 * 86_400_000;

/** Long after the last attempt. Answers how many went. */
export function forgetOldWebhooks(tx: Tx): Promise<number> {
  return deleteEventsBefore(tx, tx.clock.now() - keptMs, 1000);
}
