import type { ExpressionBuilder } from "kysely";
import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";
import type { WebhookEventsTable } from "../store/schema/events.ts";
import type { Schema } from "../store/schema/index.ts";
import type { WebhookEvent } from "./outbox-event.ts";

type Events = ExpressionBuilder<Schema, "webhook_events">;

const isWaiting = ({ and, eb }: Events) => and([eb("delivered_at", "is", null), eb("gave_up_at", "is", null)]);

const insert = statement<{ id: string; appId: string; type: string; payload: string; now: number }>()((db, p) =>
  db
    .insertInto("webhook_events")
    .columns(["app_id", "id", "type", "payload", "created_at", "queued_at", "attempts", "next_attempt_at"])
    .expression((eb) =>
      eb
        .selectFrom("apps")
        .select(({ val }) => [
          "apps.id as app_id",
          val(p.id).as("id"),
          val(p.type).as("type"),
          val(p.payload).as("payload"),
          val(p.now).as("created_at"),
          val(p.now).as("queued_at"),
          val(0).as("attempts"),
          val(p.now).as("next_attempt_at"),
        ])
        .where("apps.id", "=", p.appId)
        .where("apps.webhook_url", "is not", null)
        .where("apps.deleted_at", "is", null),
    )
    .returningAll(),
);

/** Undefined when the app does not want to hear. */
export async function insertEvent(
  tx: Tx,
  event: { id: string; appId: string; type: string; payload: string },
): Promise<WebhookEvent | undefined> {
  return asEvent(await insert.first(tx, { ...event, now: tx.clock.now() }));
}

/** From app to app, so that a long queue behind one that does not answer costs nothing. */
const due = statement<{ now: number; limit: number }>()((db, p) =>
  db
    .withRecursive("queues(app_id)", (db) =>
      db
        .selectFrom("webhook_events")
        .select(({ fn }) => fn.min<string | null>("app_id").as("app_id"))
        .where(isWaiting)
        .unionAll(
          db
            .selectFrom("queues")
            .select(({ selectFrom }) =>
              selectFrom("webhook_events")
                .select(({ fn }) => fn.min("webhook_events.app_id").as("app_id"))
                .where(isWaiting)
                .whereRef("webhook_events.app_id", ">", "queues.app_id")
                .as("app_id"),
            )
            .where("queues.app_id", "is not", null),
        ),
    )
    .selectFrom("queues")
    .innerJoin("webhook_events", (join) =>
      join.onRef("webhook_events.app_id", "=", "queues.app_id").on(({ eb, selectFrom }) =>
        eb(
          "webhook_events.id",
          "=",
          selectFrom("webhook_events as first")
            .select(({ fn }) => fn.min("first.id").as("id"))
            .where("first.delivered_at", "is", null)
            .where("first.gave_up_at", "is", null)
            .whereRef("first.app_id", "=", "queues.app_id"),
        ),
      ),
    )
    .selectAll("webhook_events")
    .where("webhook_events.next_attempt_at", "<=", p.now)
    .where(({ eb, or }) => or([eb("leased_until", "is", null), eb("leased_until", "<=", p.now)]))
    .orderBy("webhook_events.next_attempt_at")
    .limit(p.limit),
);

/** Of each app the event whose turn it is, if it is time and nobody is sending it; the longest due first. */
export async function selectDue(ctx: Ctx, limit: number): Promise<WebhookEvent[]> {
  return (await due.all(ctx, { now: ctx.clock.now(), limit })).map(toEvent);
}

const first = statement<{ appId: string }>()((db, p) =>
  db.selectFrom("webhook_events").selectAll().where("app_id", "=", p.appId).where(isWaiting).orderBy("id").limit(1),
);

/** The event whose turn it is. */
export async function selectFirst(ctx: Ctx, appId: string): Promise<WebhookEvent | undefined> {
  return asEvent(await first.first(ctx, { appId }));
}

const claim = statement<{ appId: string; id: string; attempts: number; now: number; leasedUntil: number }>()((db, p) =>
  db
    .updateTable("webhook_events")
    .set(({ eb }) => ({ attempts: eb("attempts", "+", 1), leased_until: p.leasedUntil }))
    .where("app_id", "=", p.appId)
    .where("id", "=", p.id)
    .where("attempts", "=", p.attempts)
    .where("next_attempt_at", "<=", p.now)
    .where(({ eb, or }) => or([eb("leased_until", "is", null), eb("leased_until", "<=", p.now)]))
    .where(isWaiting)
    .returningAll(),
);

/** The right to send it now, for `leaseMs`. Undefined for everybody else who saw it due. */
export async function leaseEvent(tx: Tx, seen: WebhookEvent, leaseMs: number): Promise<WebhookEvent | undefined> {
  const now = tx.clock.now();
  const { appId, id, attempts } = seen;
  return asEvent(await claim.first(tx, { appId, id, attempts, now, leasedUntil: now + leaseMs }));
}

const end = statement<{
  appId: string;
  id: string;
  deliveredAt: number | null;
  gaveUpAt: number | null;
  error: string | null;
}>()((db, p) =>
  db
    .updateTable("webhook_events")
    .set({ delivered_at: p.deliveredAt, gave_up_at: p.gaveUpAt, leased_until: null, last_error: p.error })
    .where("app_id", "=", p.appId)
    .where("id", "=", p.id)
    .where(isWaiting)
    .returning("id"),
);

/** What was delivered stays so, whoever else is sending it meanwhile. */
export async function markDelivered(tx: Tx, { appId, id }: WebhookEvent): Promise<void> {
  await end.first(tx, { appId, id, deliveredAt: tx.clock.now(), gaveUpAt: null, error: null });
}

export async function markGivenUp(tx: Tx, { appId, id }: WebhookEvent, error: string): Promise<void> {
  await end.first(tx, { appId, id, deliveredAt: null, gaveUpAt: tx.clock.now(), error });
}

const postpone = statement<{
  appId: string;
  id: string;
  attempts: number;
  nextAttemptAt: number;
  error: string | null;
}>()((db, p) =>
  db
    .updateTable("webhook_events")
    .set({ next_attempt_at: p.nextAttemptAt, leased_until: null, last_error: p.error })
    .where("app_id", "=", p.appId)
    .where("id", "=", p.id)
    .where("attempts", "=", p.attempts)
    .where(isWaiting)
    .returning("id"),
);

/** Nothing happens to one that somebody else has taken since. */
export async function postponeEvent(
  tx: Tx,
  event: WebhookEvent,
  nextAttemptAt: number,
  error: string | null,
): Promise<void> {
  await postpone.first(tx, { appId: event.appId, id: event.id, attempts: event.attempts, nextAttemptAt, error });
}

const replay = statement<{ appId: string; id: string; now: number }>()((db, p) =>
  db
    .updateTable("webhook_events")
    .set({
      queued_at: p.now,
      attempts: 0,
      next_attempt_at: p.now,
      leased_until: null,
      delivered_at: null,
      gave_up_at: null,
    })
    .where("app_id", "=", p.appId)
    .where("id", "=", p.id)
    .where(({ eb, or }) => or([eb("leased_until", "is", null), eb("leased_until", "<=", p.now)]))
    .returningAll(),
);

/** Undefined when there is no such event, or it is being sent right now. */
export async function restartEvent(tx: Tx, appId: string, id: string): Promise<WebhookEvent | undefined> {
  return asEvent(await replay.first(tx, { appId, id, now: tx.clock.now() }));
}

const byId = statement<{ appId: string; id: string }>()((db, p) =>
  db.selectFrom("webhook_events").selectAll().where("app_id", "=", p.appId).where("id", "=", p.id),
);

export async function selectEvent(ctx: Ctx, appId: string, id: string): Promise<WebhookEvent | undefined> {
  return asEvent(await byId.first(ctx, { appId, id }));
}

const ofApp = statement<{ appId: string; limit: number; offset: number }>()((db, p) =>
  db
    .selectFrom("webhook_events")
    .selectAll()
    .where("app_id", "=", p.appId)
    .orderBy("id", "desc")
    .limit(p.limit)
    .offset(p.offset),
);

const countOfApp = statement<{ appId: string }>()((db, p) =>
  db
    .selectFrom("webhook_events")
    .select(({ fn }) => fn.countAll<number>().as("total"))
    .where("app_id", "=", p.appId),
);

/** Newest first. */
export async function selectEvents(ctx: Ctx, appId: string, limit: number, offset: number): Promise<WebhookEvent[]> {
  return (await ofApp.all(ctx, { appId, limit, offset })).map(toEvent);
}

export async function countEvents(ctx: Ctx, appId: string): Promise<number> {
  return (await countOfApp.one(ctx, { appId })).total;
}

const deleteOld = statement<{ before: number; limit: number }>()((db, p) =>
  db
    .deleteFrom("webhook_events")
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple("app_id", "id"),
        "in",
        selectFrom("webhook_events")
          .select(["app_id", "id"])
          .where("created_at", "<", p.before)
          .limit(p.limit)
          .$asTuple("app_id", "id"),
      ),
    )
    .returning("id"),
);

/** Answers how many went. */
export async function deleteEventsBefore(tx: Tx, before: number, limit: number): Promise<number> {
  return (await deleteOld.all(tx, { before, limit })).length;
}

function asEvent(row: WebhookEventsTable | undefined): WebhookEvent | undefined {
  return row && toEvent(row);
}

function toEvent(row: WebhookEventsTable): WebhookEvent {
  return {
    appId: row.app_id,
    id: row.id,
    type: row.type,
    payload: row.payload,
    createdAt: row.created_at,
    queuedAt: row.queued_at,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at,
    leasedUntil: row.leased_until,
    deliveredAt: row.delivered_at,
    gaveUpAt: row.gave_up_at,
    lastError: row.last_error,
  };
}
