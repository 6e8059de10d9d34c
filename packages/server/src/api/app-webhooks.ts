import { z } from "zod";
import { rotateWebhookSecret } from "../apps/index.ts";
import { type Ctx, inTx } from "../context.ts";
import { listWebhooks, queueWebhook, replayWebhook, type WebhookEvent } from "../events/index.ts";
import { createRateLimiter, rateLimited } from "../http/rate-limit.ts";
import { Fault } from "../kernel/faults.ts";
import type { Sealer } from "../kernel/seal.ts";
import { changingApps, getApp, getChangeableApp, getManagedApp, insistOnRecentSignIn } from "./app-access.ts";
import type { ApiCaller } from "./guard.ts";
import { type Operation, operation } from "./operation.ts";
import { pageOf, paging } from "./query.ts";

const event = z.object({
  event_id: z.string().meta({ description: "The `webhook-id` of every attempt" }),
  type: z.string(),
  state: z.enum(["waiting", "sending", "delivered", "given_up"]),
  attempts: z.int(),
  last_error: z.string().nullable(),
  created_at: z.iso.datetime(),
  next_attempt_at: z.iso.datetime().nullable(),
  delivered_at: z.iso.datetime().nullable(),
  payload: z.unknown(),
});

/** The address may be anybody's, so that nobody is flooded by our hand. */
const sendingLimit = { attempts: 20, seconds: 60 };

const daySeconds = 86_400;

const rotation = z
  .object({
    overlap_seconds: z
      .int()
      .min(0)
      .max(7 * daySeconds)
      .default(daySeconds)
      .meta({ description: "How long everything is signed with the secret before it as well" }),
  })
  .default({ overlap_seconds: daySeconds });

/** What an app is told, and how it knows that it is us who tells. */
export function webhookOperations(ctx: Ctx, lasting: Sealer): Operation[] {
  const sendings = createRateLimiter({ clock: ctx.clock, ...sendingLimit });
  const countSending = ({ id }: { id: string }) => {
    const wait = sendings.attempt(id);
    if (wait > 0) throw rateLimited(wait);
  };
  return [
    operation({
      method: "POST",
      path: "/idp/apps/{app_id}/webhook/secret",
      summary: "Give an app a new secret for its webhooks",
      anyOf: changingApps,
      body: rotation,
      answer: z.object({ app_id: z.string(), webhook_secret: z.string().meta({ description: "Shown this once" }) }),
      refusals: ["not_found", "forbidden"],
      handle: ({ caller, params, body }) => rotate(ctx, lasting, caller, { appId: params.app_id, ...body }),
    }),
    operation({
      method: "POST",
      path: "/idp/apps/{app_id}/webhook/test",
      summary: "Send an event of the type webhook.test",
      anyOf: changingApps,
      answer: event,
      refusals: ["not_found", "forbidden", "invalid_request", "rate_limited"],
      async handle({ caller, params }) {
        const { app } = await getChangeableApp(ctx, caller, params.app_id);
        countSending(app);
        const data = { user_id: caller.userId };
        const queued = await inTx(ctx, (tx) => queueWebhook(tx, { appId: app.id, type: "webhook.test", data }));
        if (!queued) throw new Fault("invalid_request", "The app has no webhook_url.");
        return renderEvent(ctx, queued);
      },
    }),
    operation({
      method: "GET",
      path: "/idp/apps/{app_id}/webhook/events",
      summary: "List what an app was told in the last 30 days, newest first",
      anyOf: changingApps,
      query: z.object(paging),
      answer: pageOf(event),
      refusals: ["not_found"],
      async handle({ caller, params, query: { page, limit } }) {
        const { app } = await getApp(ctx, caller, params.app_id);
        const { total, items } = await listWebhooks(ctx, app.id, { page, limit });
        return { total, page, limit, items: items.map((each) => renderEvent(ctx, each)) };
      },
    }),
    operation({
      method: "POST",
      path: "/idp/apps/{app_id}/webhook/events/{event_id}/replay",
      summary: "Send an event again, before all that waits",
      anyOf: changingApps,
      answer: event,
      refusals: ["not_found", "forbidden", "conflict", "rate_limited"],
      async handle({ caller, params }) {
        const { app } = await getChangeableApp(ctx, caller, params.app_id);
        countSending(app);
        const replayed = await inTx(ctx, (tx) => replayWebhook(tx, app.id, params.event_id));
        if (replayed.ok) return renderEvent(ctx, replayed.event);
        throw replayed.why === "busy"
          ? new Fault("conflict", "The event is being sent right now.")
          : new Fault("not_found", "Event not found");
      },
    }),
  ];
}

async function rotate(
  ctx: Ctx,
  lasting: Sealer,
  caller: ApiCaller,
  { appId, overlap_seconds: overlapSeconds }: { appId: string; overlap_seconds: number },
) {
  const { app } = await getManagedApp(ctx, caller, appId);
  await insistOnRecentSignIn(ctx, caller);
  const wanted = { appId: app.id, actorId: caller.userId, overlapSeconds };
  const rotated = await inTx(ctx, (tx) => rotateWebhookSecret(tx, lasting, wanted));
  if (!rotated) throw new Fault("not_found", "Application not found");
  return { app_id: app.id, webhook_secret: rotated.webhookSecret };
}

function renderEvent({ clock }: Ctx, told: WebhookEvent): z.input<typeof event> {
  const at = (time: number | null) => (time === null ? null : new Date(time).toISOString());
  const state = stateOf(told, clock.now());
  return {
    event_id: told.id,
    type: told.type,
    state,
    attempts: told.attempts,
    last_error: told.lastError,
    created_at: new Date(told.createdAt).toISOString(),
    next_attempt_at: state === "waiting" ? at(told.nextAttemptAt) : null,
    delivered_at: at(told.deliveredAt),
    payload: JSON.parse(told.payload),
  };
}

function stateOf({ deliveredAt, gaveUpAt, leasedUntil }: WebhookEvent, now: number) {
  if (deliveredAt !== null) return "delivered";
  if (gaveUpAt !== null) return "given_up";
  return leasedUntil !== null && leasedUntil > now ? "sending" : "waiting";
}
