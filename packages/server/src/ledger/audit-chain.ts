import type { Ctx } from "../context.ts";
import { walletAccount } from "./accounts.ts";
import { type AuditedWallet, everyEntry } from "./audit.sql.ts";
import { checksumOf, type Entry, firstLink } from "./entries.sql.ts";
import type { Report } from "./violation.ts";

/** What the entries say each hold has cost, by the id of the hold. */
export type Charges = Map<string, Record<"charge" | "loss", number[]>>;

/** Walks the chain of one wallet from its first entry, and holds the wallet's row against it. */
export async function auditChain(
  ctx: Ctx,
  walletId: string,
  wallet: AuditedWallet | undefined,
  report: Report,
): Promise<Charges> {
  const charges: Charges = new Map();
  let before = firstLink;
  let balance = 0;
  let expectedSeq = 0;
  for await (const entry of everyEntry(ctx, walletId)) {
    const id = `${walletId} ${entry.seq}`;
    if (entry.seq !== expectedSeq) report("chain_gap", id, `entry ${expectedSeq} is missing`);
    if (entry.checksum !== checksumOf(before, entry)) report("chain_broken", id, "the checksum is not that of the row");
    balance += effect(entry);
    if (entry.balanceAfterMicros !== balance) {
      report("entry_balance", id, `says ${entry.balanceAfterMicros} after it, the entries before say ${balance}`);
    }
    if (!isSound(entry)) report("entry_unsound", id, `${entry.kind} of ${entry.amountMicros}`);
    noteCharge(charges, entry);
    before = entry.checksum;
    expectedSeq = entry.seq + 1;
  }
  if (wallet && wallet.entryCount !== expectedSeq) {
    report(
      "chain_gap",
      walletId,
      `the wallet counts ${wallet.entryCount} entries, the chain ends before ${expectedSeq}`,
    );
  }
  if (wallet && wallet.balanceMicros !== balance) {
    report("wallet_balance", walletId, `says ${wallet.balanceMicros}, the entries say ${balance}`);
  }
  return charges;
}

function effect({ walletId, debitAccount, creditAccount, amountMicros }: Entry): number {
  const account = walletAccount(walletId);
  return (creditAccount === account ? amountMicros : 0) - (debitAccount === account ? amountMicros : 0);
}

/** Something moved, from one account to another, in the direction of its kind. */
function isSound(entry: Entry): boolean {
  const direction = { credit: 1, charge: -1, loss: 0 }[entry.kind];
  return entry.amountMicros > 0 && entry.debitAccount !== entry.creditAccount && Math.sign(effect(entry)) === direction;
}

function noteCharge(charges: Charges, { kind, reference, amountMicros }: Entry): void {
  if (kind !== "charge" && kind !== "loss") return;
  const noted = charges.get(reference) ?? { charge: [], loss: [] };
  noted[kind].push(amountMicros);
  charges.set(reference, noted);
}
