import type { Tx } from "../context.ts";
import { claimOnce, findOnce } from "../store/index.ts";
import { platform, walletAccount } from "./accounts.ts";
import { isAmount } from "./amount.ts";
import { appendEntries } from "./entries.sql.ts";
import { addCredit, findWallet } from "./wallets.sql.ts";

export interface Credit {
  walletId: string;
  /** A whole number of micro-dollars above zero. */
  amountMicros: number;
  /** Of the caller's making: the same one never credits a wallet twice. Without it, each call credits. */
  reference?: string;
}

export type CreditVerdict =
  /** `repeated`: this reference had credited before, and nothing changed now. */
  | { ok: true; balanceMicros: number; repeated: boolean }
  | { ok: false; why: "invalid_amount" | "balance_too_high" | "no_such_wallet" | "reference_taken" };

/**
 * Puts money into a wallet. `reference_taken` means the same reference came with another amount; `balance_too_high`
 * that the balance would no longer be exact.
 */
export async function creditWallet(tx: Tx, { walletId, amountMicros, reference }: Credit): Promise<CreditVerdict> {
  if (!isAmount(amountMicros) || amountMicros === 0) return { ok: false, why: "invalid_amount" };
  if (reference !== undefined && !(await claimReference(tx, walletId, amountMicros, reference))) {
    return repeatedCredit(tx, walletId, amountMicros, reference);
  }
  const wallet = await addCredit(tx, walletId, amountMicros);
  if (!wallet) return { ok: false, why: (await findWallet(tx, walletId)) ? "balance_too_high" : "no_such_wallet" };
  await appendEntries(tx, wallet, [
    {
      kind: "credit",
      debitAccount: platform.credit,
      creditAccount: walletAccount(walletId),
      amountMicros,
      balanceAfterMicros: wallet.balanceMicros,
      reference: reference ?? "",
    },
  ]);
  return { ok: true, balanceMicros: wallet.balanceMicros, repeated: false };
}

const markOf = (walletId: string, reference: string) => `${walletId} ${reference}`;

function claimReference(tx: Tx, walletId: string, amountMicros: number, reference: string): Promise<boolean> {
  return claimOnce(tx, "credit", markOf(walletId, reference), Number.MAX_SAFE_INTEGER, String(amountMicros));
}

async function repeatedCredit(
  tx: Tx,
  walletId: string,
  amountMicros: number,
  reference: string,
): Promise<CreditVerdict> {
  const mark = await findOnce(tx, "credit", markOf(walletId, reference));
  const wallet = await findWallet(tx, walletId);
  if (!wallet || mark?.value !== String(amountMicros)) return { ok: false, why: "reference_taken" };
  return { ok: true, balanceMicros: wallet.balanceMicros, repeated: true };
}
