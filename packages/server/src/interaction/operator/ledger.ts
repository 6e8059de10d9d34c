import { type Form, readQuery } from "../../http/form.ts";
import type { Route } from "../../http/table.ts";
import { type Entry, findWallet, listEntries } from "../../ledger/index.ts";
import type { Desk } from "../desk.ts";
import { type EntryFace, ledgerPath, renderOperatorLedger } from "../pages/operator-ledger.ts";
import { forStaff, staffOf } from "./staff.ts";

const pageLength = 50;

export function ledgerRoutes(desk: Desk): Route[] {
  const { ctx } = desk;

  async function read(asked: Form) {
    const walletId = asked.get("wallet")?.trim();
    const wallet = walletId === undefined ? undefined : await findWallet(ctx, walletId);
    if (walletId === undefined || !wallet) return { wallet: walletId };
    const before = /^\d{1,15}$/.test(asked.get("before") ?? "") ? asked.get("before") : undefined;
    const page = { walletId, before: before === undefined ? undefined : Number(before), limit: pageLength + 1 };
    const entries = await listEntries(ctx, page);
    const shown = entries.slice(0, pageLength);
    return {
      wallet: walletId,
      before,
      olderBefore: entries.length > pageLength ? String(shown.at(-1)!.seq) : undefined,
      found: {
        balanceMicros: wallet.balanceMicros,
        heldMicros: wallet.heldMicros,
        entries: shown.map(faceOf),
      },
    };
  }

  return [
    {
      method: "GET",
      path: ledgerPath,
      shape: "page",
      handler: forStaff(desk, "ledger.read", async ({ visitor, info }) => {
        const props = { staff: staffOf(visitor), ...(await read(readQuery(info.query))) };
        return desk.page(renderOperatorLedger(desk.frame(visitor), props));
      }),
    },
  ];
}

function faceOf(entry: Entry): EntryFace {
  return {
    seq: entry.seq,
    at: entry.createdAt,
    kind: entry.kind,
    from: entry.debitAccount,
    to: entry.creditAccount,
    amountMicros: entry.amountMicros,
    balanceAfterMicros: entry.balanceAfterMicros,
    reference: entry.reference,
  };
}
