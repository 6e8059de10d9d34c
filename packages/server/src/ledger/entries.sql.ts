import type { Ctx, Tx } from "../context.ts";
import { sha256Hex } from "../kernel/hash.ts";
import { query, statement } from "../store/index.ts";
import type { LockedWallet } from "./wallets.sql.ts";

/** One movement of money: `amountMicros` leaves the debited account and reaches the credited one. */
export interface Entry {
  walletId: string;
  /** From zero, without a gap. */
  seq: number;
  id: string;
  kind: string;
  debitAccount: string;
  creditAccount: string;
  amountMicros: number;
  /** The wallet's balance after this entry. */
  balanceAfterMicros: number;
  /** What caused it: the id of a hold, or the reference of a credit. */
  reference: string;
  createdAt: number;
  checksum: string;
}

const insertEntry = statement<Entry>()((db, p) =>
  db
    .insertInto("entries")
    .values({
      wallet_id: p.walletId,
      seq: p.seq,
      id: p.id,
      kind: p.kind,
      debit_account: p.debitAccount,
      credit_account: p.creditAccount,
      amount_micros: p.amountMicros,
      balance_after_micros: p.balanceAfterMicros,
      reference: p.reference,
      created_at: p.createdAt,
      checksum: p.checksum,
    })
    .returning("seq"),
);

const selectChecksum = statement<{ walletId: string; seq: number }>()((db, p) =>
  db.selectFrom("entries").select("checksum").where("wallet_id", "=", p.walletId).where("seq", "=", p.seq),
);

/** What stands in place of a checksum before the first entry of a wallet. */
export const firstLink = "";

/** SHA-256 over the checksum of the entry before and every member of this one. */
export function checksumOf(before: string, entry: Omit<Entry, "checksum">): string {
  return sha256Hex(
    JSON.stringify([
      before,
      entry.walletId,
      entry.seq,
      entry.id,
      entry.kind,
      entry.debitAccount,
      entry.creditAccount,
      entry.amountMicros,
      entry.balanceAfterMicros,
      entry.reference,
      entry.createdAt,
    ]),
  );
}

export type NewEntry = Omit<Entry, "walletId" | "seq" | "id" | "createdAt" | "checksum">;

/**
 * Adds to the chain of a wallet. The wallet's row is locked by then, so nobody else adds; and the checksum before is
 * read by a statement of its own, because one that began before the lock was had may see an older end of the chain.
 */
export async function appendEntries(tx: Tx, wallet: LockedWallet, entries: readonly NewEntry[]): Promise<void> {
  let seq = wallet.entryCount - entries.length;
  let before = seq === 0 ? firstLink : (await selectChecksum.one(tx, { walletId: wallet.id, seq: seq - 1 })).checksum;
  for (const entry of entries) {
    const link = { ...entry, walletId: wallet.id, seq, id: tx.random.id("ent"), createdAt: tx.clock.now() };
    const checksum = checksumOf(before, link);
    await insertEntry.one(tx, { ...link, checksum });
    before = checksum;
    seq += 1;
  }
}

/** What moved in a wallet, newest first. `before` is the number of the last entry seen. */
export async function listEntries(
  ctx: Ctx,
  { walletId, before, limit }: { walletId: string; before?: number | undefined; limit: number },
): Promise<Entry[]> {
  const rows = await query(ctx, (db) => {
    const entries = db.selectFrom("entries").selectAll().where("wallet_id", "=", walletId);
    return (before === undefined ? entries : entries.where("seq", "<", before)).orderBy("seq", "desc").limit(limit);
  });
  return rows.map((row) => ({
    walletId: row.wallet_id,
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
  }));
}
