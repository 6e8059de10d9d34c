import { type Ctx, inTx } from "../context.ts";
import {
  claimWebhook,
  deferWebhook,
  findDueWebhooks,
  findNextWebhook,
  recordAttempt,
  type WebhookEvent,
} from "../events/index.ts";
import { OutboundFailure } from "../http/outbound-failure.ts";
import type { Sealer } from "../kernel/seal.ts";
import { openWebhookSecrets, webhookHeaders } from "./webhook-secret.ts";
import { selectWebhookTarget } from "./webhooks.sql.ts";

export interface Courier {
  /** Sets out with what is due, and does not wait for it. */
  begin(): Promise<void>;
  /** Waits for what is under way. */
  idle(): Promise<void>;
}

/** How many apps are visited at once, so that slow ones hold up nobody but themselves. */
const abreast = 16;
/** Then others have their turn: after so many events, and after so long, or the slow would keep everybody else waiting. */
const eventsInOneVisit = 50;
const visitMs = 15_000;
/** Well within a lease, so that nobody else sends the same meanwhile. */
const timeoutMs = 15_000;

/** Brings apps what they are told: to each one thing after the other, in order. */
export function createCourier(ctx: Ctx, lasting: Sealer): Courier {
  const visits = new Map<string, Promise<void>>();

  async function visit(first: WebhookEvent): Promise<void> {
    let event: WebhookEvent | undefined = first;
    const end = ctx.clock.monotonic() + visitMs;
    for (let count = 0; event && count < eventsInOneVisit && ctx.clock.monotonic() < end; count++) {
      if (!(await deliver(ctx, lasting, event))) return;
      event = await findNextWebhook(ctx, first.appId);
    }
    const next = event;
    if (next) await inTx(ctx, (tx) => deferWebhook(tx, next));
  }

  return {
    async begin() {
      for (const event of await findDueWebhooks(ctx, abreast)) {
        if (visits.has(event.appId) || visits.size >= abreast) continue;
        const visiting = visit(event)
          .catch((error) => ctx.log.warn({ error: String(error) }, "a webhook could not be sent and is tried again"))
          .finally(() => visits.delete(event.appId));
        visits.set(event.appId, visiting);
      }
    },
    async idle() {
      await Promise.all(visits.values());
    },
  };
}

/** One attempt, if nobody else makes it. Whether the next event may follow. */
async function deliver(ctx: Ctx, lasting: Sealer, seen: WebhookEvent): Promise<boolean> {
  const event = await inTx(ctx, (tx) => claimWebhook(tx, seen));
  if (!event) return false;
  const verdict = await attempt(ctx, lasting, event);
  await inTx(ctx, (tx) => recordAttempt(tx, event, verdict));
  return verdict.ok;
}

type Verdict = Parameters<typeof recordAttempt>[2];

async function attempt(ctx: Ctx, lasting: Sealer, event: WebhookEvent): Promise<Verdict> {
  const target = await selectWebhookTarget(ctx, event.appId);
  if (!target?.url) return { ok: false, hopeless: true, error: "The app has no webhook address any more." };
  const now = ctx.clock.now();
  const secrets = openWebhookSecrets(lasting, event.appId, target.secretSealed, now);
  if (secrets.length === 0) return { ok: false, hopeless: true, error: "The app has no webhook secret yet." };
  const headers = { "content-type": "application/json", ...webhookHeaders(event, secrets, now) };
  try {
    const request = { method: "POST", headers, body: event.payload, maxBytes: 0, timeoutMs } as const;
    const { status } = await ctx.outbound.fetch(target.url, request);
    return status >= 200 && status < 300 ? { ok: true } : { ok: false, error: `The app answered with ${status}.` };
  } catch (error) {
    if (error instanceof OutboundFailure) return { ok: false, error: error.message };
    throw error;
  }
}
