import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";

const insertWallet = statement<{ id: string; now: number }>()((db, p) =>
  db
    .insertInto("wallets")
    .values({ id: p.id, balance_micros: 0, held_micros: 0, entry_count: 0, created_at: p.now, updated_at: p.now })
    .returning("id"),
);

const selectWallet = statement<{ id: string }>()((db, p) =>
  db.selectFrom("wallets").select(["balance_micros", "held_micros"]).where("id", "=", p.id),
);

const addToBalance = statement<{ id: string; amount: number; highest: number; now: number }>()((db, p) =>
  db
    .updateTable("wallets")
    .set((eb) => ({
      balance_micros: eb("balance_micros", "+", p.amount),
      entry_count: eb("entry_count", "+", 1),
      updated_at: p.now,
    }))
    .where("id", "=", p.id)
    .where("balance_micros", "<=", p.highest)
    .returning(["id", "balance_micros", "entry_count"]),
);

const holdInWallet = statement<{ id: string; amount: number; now: number }>()((db, p) =>
  db
    .updateTable("wallets")
    .set((eb) => ({ held_micros: eb("held_micros", "+", p.amount), updated_at: p.now }))
    .where("id", "=", p.id)
    .where((eb) => eb(eb("balance_micros", "-", eb.ref("held_micros")), ">=", p.amount))
    .returning("id"),
);

const endInWallet = statement<{ id: string; held: number; cost: number; entries: number; now: number }>()((db, p) =>
  db
    .updateTable("wallets")
    .set((eb) => ({
      held_micros: eb("held_micros", "-", p.held),
      balance_micros: eb("balance_micros", "-", p.cost),
      entry_count: eb("entry_count", "+", p.entries),
      updated_at: p.now,
    }))
    .where("id", "=", p.id)
    .returning(["id", "balance_micros", "entry_count"]),
);

export interface Wallet {
  balanceMicros: number;
  /** The part of the balance that calls in flight have taken. */
  heldMicros: number;
}

/** A wallet whose row this transaction has locked by changing it. `entryCount` counts the entries about to be written. */
export interface LockedWallet {
  id: string;
  balanceMicros: number;
  entryCount: number;
}

/** An empty wallet, with the id of the workspace that owns it. */
export async function createWallet(tx: Tx, walletId: string): Promise<void> {
  await insertWallet.one(tx, { id: walletId, now: tx.clock.now() });
}

export async function findWallet(ctx: Ctx, walletId: string): Promise<Wallet | undefined> {
  const row = await selectWallet.first(ctx, { id: walletId });
  return row && { balanceMicros: row.balance_micros, heldMicros: row.held_micros };
}

/** Undefined when there is no such wallet, or when the balance would not be exact any more. */
export async function addCredit(tx: Tx, walletId: string, amountMicros: number): Promise<LockedWallet | undefined> {
  const highest = Number.MAX_SAFE_INTEGER - amountMicros;
  const row = await addToBalance.first(tx, { id: walletId, amount: amountMicros, highest, now: tx.clock.now() });
  return row && locked(row);
}

/** False when the balance does not reach. */
export async function takeFromWallet(tx: Tx, walletId: string, amountMicros: number, now: number): Promise<boolean> {
  return (await holdInWallet.first(tx, { id: walletId, amount: amountMicros, now })) !== undefined;
}

/** Gives back what was held, and takes the cost; `entries` is how many the caller is about to write. */
export async function endTakeFromWallet(
  tx: Tx,
  end: { walletId: string; heldMicros: number; costMicros: number; entries: number; now: number },
): Promise<LockedWallet> {
  const { walletId, heldMicros, costMicros, entries, now } = end;
  return locked(await endInWallet.one(tx, { id: walletId, held: heldMicros, cost: costMicros, entries, now }));
}

function locked(row: { id: string; balance_micros: number; entry_count: number }): LockedWallet {
  return { id: row.id, balanceMicros: row.balance_micros, entryCount: row.entry_count };
}
