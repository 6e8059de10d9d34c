import type { Ctx } from "../context.ts";
import { everyWindow, findAuditedWallet, listWalletIds } from "./audit.sql.ts";
import { auditChain } from "./audit-chain.ts";
import { auditHolds, type WindowTotals, windowId } from "./audit-holds.ts";
import type { Report, Violation } from "./violation.ts";

/**
 * Recomputes every balance, every window and every chain from the entries and the holds. Answers what does not agree:
 * nothing, if all is well. It reads row after row, so it is exact only while nobody spends.
 */
export async function auditLedger(ctx: Ctx): Promise<Violation[]> {
  const violations: Violation[] = [];
  const report: Report = (kind, id, detail) => violations.push({ kind, id, detail });
  const totals: WindowTotals = new Map();
  for (const walletId of await listWalletIds(ctx)) await auditWallet(ctx, walletId, totals, report);
  await auditWindows(ctx, totals, report);
  return violations;
}

async function auditWallet(ctx: Ctx, walletId: string, totals: WindowTotals, report: Report): Promise<void> {
  const wallet = await findAuditedWallet(ctx, walletId);
  const charges = await auditChain(ctx, walletId, wallet, report);
  const held = await auditHolds(ctx, walletId, charges, totals, report);
  if (!wallet) return report("wallet_missing", walletId, "entries or holds name it");
  if (wallet.heldMicros !== held) {
    report("wallet_held", walletId, `says ${wallet.heldMicros}, the open holds say ${held}`);
  }
  if (wallet.balanceMicros < wallet.heldMicros) {
    report("wallet_overdrawn", walletId, `${wallet.heldMicros} held of ${wallet.balanceMicros}`);
  }
}

/** Takes each window off the totals; what is left over has no row. */
async function auditWindows(ctx: Ctx, totals: WindowTotals, report: Report): Promise<void> {
  for await (const window of everyWindow(ctx)) {
    const id = windowId(window);
    const { spentMicros, heldMicros } = totals.get(id) ?? { spentMicros: 0, heldMicros: 0 };
    totals.delete(id);
    if (window.spentMicros !== spentMicros) {
      report("window_spent", id, `says ${window.spentMicros}, the calls say ${spentMicros}`);
    }
    if (window.heldMicros !== heldMicros) {
      report("window_held", id, `says ${window.heldMicros}, the open holds say ${heldMicros}`);
    }
  }
  for (const id of totals.keys()) report("window_missing", id, "holds name it");
}
