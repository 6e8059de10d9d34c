import type { Period } from "../config/config.ts";
import type { Ctx } from "../context.ts";
import { query, statement } from "../store/index.ts";
import type { WindowKey } from "./budgets.sql.ts";
import type { Entry } from "./entries.sql.ts";
import { type Outcome, readWindows, type TakenWindow } from "./holds.sql.ts";

const pageSize = 1000;

const selectWallet = statement<{ id: string }>()((db, p) =>
  db.selectFrom("wallets").select(["balance_micros", "held_micros", "entry_count"]).where("id", "=", p.id),
);

const pageOfEntries = statement<{ walletId: string; after: number }>()((db, p) =>
  db
    .selectFrom("entries")
    .selectAll()
    .where("wallet_id", "=", p.walletId)
    .where("seq", ">", p.after)
    .orderBy("seq")
    .limit(pageSize),
);

const pageOfHolds = statement<{ walletId: string; after: string }>()((db, p) =>
  db
    .selectFrom("holds")
    .select(["id", "amount_micros", "windows", "deadline_at", "ended_at", "outcome", "cost_micros", "loss_micros"])
    .where("wallet_id", "=", p.walletId)
    .where("id", ">", p.after)
    .orderBy("id")
    .limit(pageSize),
);

const pageOfWindows = statement<{ budgetId: string; period: Period; startsAt: number }>()((db, p) =>
  db
    .selectFrom("budget_windows")
    .select(["budget_id", "period", "starts_at", "spent_micros", "held_micros"])
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple("budget_id", "period", "starts_at"), ">", tuple(p.budgetId, p.period, p.startsAt)),
    )
    .orderBy("budget_id")
    .orderBy("period")
    .orderBy("starts_at")
    .limit(pageSize),
);

export interface AuditedWallet {
  balanceMicros: number;
  heldMicros: number;
  entryCount: number;
}

export interface AuditedHold {
  id: string;
  amountMicros: number;
  windows: TakenWindow[];
  deadlineAt: number;
  endedAt: number | null;
  outcome: Outcome | null;
  costMicros: number | null;
  lossMicros: number | null;
}

export type AuditedWindow = WindowKey & { spentMicros: number; heldMicros: number };

/** Also the wallets that are gone, while entries or holds still name them. */
export async function listWalletIds(ctx: Ctx): Promise<string[]> {
  const rows = await query(ctx, (db) =>
    db
      .selectFrom("wallets")
      .select("id")
      .union(db.selectFrom("entries").select("wallet_id as id"))
      .union(db.selectFrom("holds").select("wallet_id as id")),
  );
  return rows.map(({ id }) => id).sort();
}

export async function findAuditedWallet(ctx: Ctx, id: string): Promise<AuditedWallet | undefined> {
  const row = await selectWallet.first(ctx, { id });
  return row && { balanceMicros: row.balance_micros, heldMicros: row.held_micros, entryCount: row.entry_count };
}

/** In the order of the chain. */
export async function* everyEntry(ctx: Ctx, walletId: string): AsyncGenerator<Entry> {
  for (let after = -1; ; ) {
    const rows = await pageOfEntries.all(ctx, { walletId, after });
    for (const row of rows) {
      yield {
        walletId,
        seq: row.seq,
        id: row.id,
        kind: row.kind,
        debitAccount: row.debit_account,
        creditAccount: row.credit_account,
        amountMicros: row.amount_micros,
        balanceAfterMicros: row.balance_after_micros,
        reference: row.reference,
        createdAt: row.created_at,
        checksum: row.checksum,
      };
      after = row.seq;
    }
    if (rows.length < pageSize) return;
  }
}

export async function* everyHold(ctx: Ctx, walletId: string): AsyncGenerator<AuditedHold> {
  for (let after = ""; ; ) {
    const rows = await pageOfHolds.all(ctx, { walletId, after });
    for (const row of rows) {
      yield {
        id: row.id,
        amountMicros: row.amount_micros,
        windows: readWindows(row.windows),
        deadlineAt: row.deadline_at,
        endedAt: row.ended_at,
        outcome: row.outcome,
        costMicros: row.cost_micros,
        lossMicros: row.loss_micros,
      };
      after = row.id;
    }
    if (rows.length < pageSize) return;
  }
}

export async function* everyWindow(ctx: Ctx): AsyncGenerator<AuditedWindow> {
  let after: WindowKey = { budgetId: "", period: "day", startsAt: 0 };
  for (;;) {
    const { budgetId, period, startsAt } = after;
    const rows = await pageOfWindows.all(ctx, { budgetId, period, startsAt });
    for (const row of rows) {
      after = { budgetId: row.budget_id, period: row.period, startsAt: row.starts_at };
      yield { ...after, spentMicros: row.spent_micros, heldMicros: row.held_micros };
    }
    if (rows.length < pageSize) return;
  }
}
