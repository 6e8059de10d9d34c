import type { Asked } from "../../consent/index.ts";
import type { Ctx, Tx } from "../../context.ts";
import { statement } from "../../store/index.ts";
import type { DeviceRequestsTable } from "../../store/schema/device.ts";
import type { Approval } from "../../tokens/index.ts";
import type { DeviceRequest } from "./device-request.ts";

type NewRow = Pick<
  DeviceRequestsTable,
  "id" | "app_id" | "user_code_hash" | "request" | "created_at" | "expires_at" | "interval_ms"
>;

const insert = statement<NewRow>()((db, p) =>
  db
    .insertInto("device_requests")
    .values({
      id: p.id,
      app_id: p.app_id,
      user_code_hash: p.user_code_hash,
      request: p.request,
      created_at: p.created_at,
      expires_at: p.expires_at,
      interval_ms: p.interval_ms,
      polled_at: null,
      session_id: null,
      outcome: null,
      decided_at: null,
      approval: null,
    })
    .onConflict((conflict) => conflict.column("user_code_hash").doNothing())
    .returning("id"),
);

export type NewDeviceRequest = Pick<
  DeviceRequest,
  "id" | "appId" | "appGeneration" | "asked" | "expiresAt" | "intervalMs"
> & { userCodeHash: string };

/** False when another request has the same user code. */
export async function insertDeviceRequest(tx: Tx, request: NewDeviceRequest): Promise<boolean> {
  const { appGeneration, asked } = request;
  const row = await insert.first(tx, {
    id: request.id,
    app_id: request.appId,
    user_code_hash: request.userCodeHash,
    request: JSON.stringify({ appGeneration, asked } satisfies Requested),
    created_at: tx.clock.now(),
    expires_at: request.expiresAt,
    interval_ms: request.intervalMs,
  });
  return row !== undefined;
}

const byId = statement<{ id: string }>()((db, p) =>
  db.selectFrom("device_requests").selectAll().where("id", "=", p.id),
);

/** Decided and expired ones are found too. */
export async function selectDeviceRequest(ctx: Ctx, id: string): Promise<DeviceRequest | undefined> {
  const row = await byId.first(ctx, { id });
  return row && toDeviceRequest(row);
}

const byCode = statement<{ hash: string; now: number }>()((db, p) =>
  db.selectFrom("device_requests").selectAll().where("user_code_hash", "=", p.hash).where("expires_at", ">", p.now),
);

export async function selectByUserCode(ctx: Ctx, hash: string): Promise<DeviceRequest | undefined> {
  const row = await byCode.first(ctx, { hash, now: ctx.clock.now() });
  return row && toDeviceRequest(row);
}

const claim = statement<{ id: string; sessionId: string; now: number }>()((db, p) =>
  db
    .updateTable("device_requests")
    .set({ session_id: p.sessionId })
    .where("id", "=", p.id)
    .where("session_id", "is", null)
    .where("expires_at", ">", p.now)
    .returning("id"),
);

/** Of many sessions at once one has it, for good. */
export async function claimForSession(tx: Tx, id: string, sessionId: string): Promise<boolean> {
  return (await claim.first(tx, { id, sessionId, now: tx.clock.now() })) !== undefined;
}

interface Decision {
  id: string;
  sessionId: string;
  outcome: "approved" | "denied";
  approval: string | null;
}

const decide = statement<Decision & { now: number }>()((db, p) =>
  db
    .updateTable("device_requests")
    .set({ outcome: p.outcome, approval: p.approval, decided_at: p.now })
    .where("id", "=", p.id)
    .where("session_id", "=", p.sessionId)
    .where("outcome", "is", null)
    .where("expires_at", ">", p.now)
    .returning("id"),
);

/** False when it was decided before, has expired, or is another session's: then nothing has changed. */
export async function updateOutcome(
  tx: Tx,
  id: string,
  sessionId: string,
  approval: Approval | undefined,
): Promise<boolean> {
  const decision: Decision = {
    id,
    sessionId,
    outcome: approval ? "approved" : "denied",
    approval: approval ? JSON.stringify(approval) : null,
  };
  return (await decide.first(tx, { ...decision, now: tx.clock.now() })) !== undefined;
}

const notePoll = statement<{ id: string; now: number; early: number }>()((db, p) =>
  db
    .updateTable("device_requests")
    .set({ polled_at: p.now })
    .where("id", "=", p.id)
    .where(({ eb, or, ref }) =>
      or([eb("polled_at", "is", null), eb(eb("polled_at", "+", ref("interval_ms")), "<=", p.early)]),
    )
    .returning("id"),
);

/** False when it comes too early after the last one, by more than `jitterMs`. */
export async function updatePolled(tx: Tx, id: string, jitterMs: number): Promise<boolean> {
  const now = tx.clock.now();
  return (await notePoll.first(tx, { id, now, early: now + jitterMs })) !== undefined;
}

const slowDown = statement<{ id: string; now: number; longerMs: number; longestMs: number }>()((db, p) =>
  db
    .updateTable("device_requests")
    .set(({ eb }) => ({ polled_at: p.now, interval_ms: eb("interval_ms", "+", p.longerMs) }))
    .where("id", "=", p.id)
    .where("interval_ms", "<", p.longestMs)
    .returning("id"),
);

export async function lengthenInterval(tx: Tx, id: string, longerMs: number, longestMs: number): Promise<void> {
  await slowDown.first(tx, { id, now: tx.clock.now(), longerMs, longestMs });
}

const deleteExpired = statement<{ before: number }>()((db, p) =>
  db.deleteFrom("device_requests").where("expires_at", "<", p.before).returning("id"),
);

/** So long a device that polls late hears that its code has expired, and not that there is no such code. */
const keptMs = 3_600_000;

/** Forgets the requests that nothing can come of any more. Answers how many went. */
export async function forgetExpiredDeviceRequests(tx: Tx): Promise<number> {
  return (await deleteExpired.all(tx, { before: tx.clock.now() - keptMs })).length;
}

/** What stands in the column `request`. */
interface Requested {
  appGeneration: number;
  asked: Asked;
}

function toDeviceRequest(row: DeviceRequestsTable): DeviceRequest {
  const { appGeneration, asked } = JSON.parse(row.request) as Requested;
  return {
    id: row.id,
    appId: row.app_id,
    appGeneration,
    asked,
    expiresAt: row.expires_at,
    intervalMs: row.interval_ms,
    polledAt: row.polled_at,
    sessionId: row.session_id,
    outcome: row.outcome,
    approval: row.approval === null ? null : (JSON.parse(row.approval) as Approval),
  };
}
