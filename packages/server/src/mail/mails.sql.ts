import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";
import type { MailsTable } from "../store/schema/accounts.ts";
import type { QueuedMail } from "./mail.ts";

type NewRow = Pick<MailsTable, "id" | "content_sealed" | "sent_at" | "gave_up_at"> & { now: number };

const insert = statement<NewRow>()((db, p) =>
  db
    .insertInto("mails")
    .values({
      id: p.id,
      content_sealed: p.content_sealed,
      created_at: p.now,
      attempts: 0,
      next_attempt_at: p.now,
      sent_at: p.sent_at,
      gave_up_at: p.gave_up_at,
      last_error: null,
    })
    .returning("id"),
);

const due = statement<{ now: number; limit: number }>()((db, p) =>
  db
    .selectFrom("mails")
    .selectAll()
    .where("sent_at", "is", null)
    .where("gave_up_at", "is", null)
    .where("next_attempt_at", "<=", p.now)
    .orderBy("next_attempt_at")
    .limit(p.limit),
);

const lease = statement<{ id: string; now: number; until: number }>()((db, p) =>
  db
    .updateTable("mails")
    .set((eb) => ({ attempts: eb("attempts", "+", 1), next_attempt_at: p.until }))
    .where("id", "=", p.id)
    .where("sent_at", "is", null)
    .where("gave_up_at", "is", null)
    .where("next_attempt_at", "<=", p.now)
    .returningAll(),
);

// Whoever was leased it later decides: the number of attempts names the lease.
const sent = statement<{ id: string; attempts: number; now: number }>()((db, p) =>
  db
    .updateTable("mails")
    .set({ sent_at: p.now, content_sealed: null, last_error: null })
    .where("id", "=", p.id)
    .where("attempts", "=", p.attempts)
    .returning("id"),
);

const postpone = statement<{ id: string; attempts: number; at: number; error: string }>()((db, p) =>
  db
    .updateTable("mails")
    .set({ next_attempt_at: p.at, last_error: p.error })
    .where("id", "=", p.id)
    .where("attempts", "=", p.attempts)
    .returning("id"),
);

const giveUp = statement<{ id: string; attempts: number; now: number; error: string }>()((db, p) =>
  db
    .updateTable("mails")
    .set({ gave_up_at: p.now, content_sealed: null, last_error: p.error })
    .where("id", "=", p.id)
    .where("attempts", "=", p.attempts)
    .returning("id"),
);

const readable = statement<{ limit: number }>()((db, p) =>
  db
    .selectFrom("mails")
    .selectAll()
    .where("content_sealed", "is not", null)
    .where("gave_up_at", "is", null)
    .orderBy("id", "desc")
    .limit(p.limit),
);

const byId = statement<{ id: string }>()((db, p) =>
  db
    .selectFrom("mails")
    .selectAll()
    .where("id", "=", p.id)
    .where("content_sealed", "is not", null)
    .where("gave_up_at", "is", null),
);

const removeOld = statement<{ before: number; limit: number }>()((db, p) =>
  db
    .deleteFrom("mails")
    .where("id", "in", ({ selectFrom }) =>
      selectFrom("mails").select("id").where("created_at", "<", p.before).orderBy("id").limit(p.limit),
    )
    .returning("id"),
);

export const insertMail = (tx: Tx, row: Omit<NewRow, "now">) => insert.one(tx, { ...row, now: tx.clock.now() });

export async function selectDueMails(ctx: Ctx, limit: number): Promise<QueuedMail[]> {
  return (await due.all(ctx, { now: ctx.clock.now(), limit })).map(asMail);
}

/** Undefined when somebody else has it, or had. */
export async function leaseMail(tx: Tx, id: string, leaseMs: number): Promise<QueuedMail | undefined> {
  const now = tx.clock.now();
  const row = await lease.first(tx, { id, now, until: now + leaseMs });
  return row && asMail(row);
}

export const markSent = (tx: Tx, { id, attempts }: QueuedMail) => sent.first(tx, { id, attempts, now: tx.clock.now() });

export const postponeMail = (tx: Tx, { id, attempts }: QueuedMail, at: number, error: string) =>
  postpone.first(tx, { id, attempts, at, error });

export const giveUpMail = (tx: Tx, { id, attempts }: QueuedMail, error: string) =>
  giveUp.first(tx, { id, attempts, now: tx.clock.now(), error });

/** The newest first. */
export async function selectReadableMails(ctx: Ctx, limit: number): Promise<QueuedMail[]> {
  return (await readable.all(ctx, { limit })).map(asMail);
}

export async function selectReadableMail(ctx: Ctx, id: string): Promise<QueuedMail | undefined> {
  const row = await byId.first(ctx, { id });
  return row && asMail(row);
}

export const deleteMailsBefore = (tx: Tx, before: number, limit: number) => removeOld.all(tx, { before, limit });

function asMail(row: MailsTable): QueuedMail {
  return { id: row.id, contentSealed: row.content_sealed, createdAt: row.created_at, attempts: row.attempts };
}
