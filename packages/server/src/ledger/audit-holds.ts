import type { Ctx } from "../context.ts";
import { type AuditedHold, everyHold } from "./audit.sql.ts";
import type { Charges } from "./audit-chain.ts";
import type { WindowKey } from "./budgets.sql.ts";
import type { Report } from "./violation.ts";

/** What the holds say about each window, by {@link windowId}. */
export type WindowTotals = Map<string, { spentMicros: number; heldMicros: number }>;

export function windowId({ budgetId, period, startsAt }: WindowKey): string {
  return `${budgetId} ${period} ${startsAt}`;
}

/** The sweep comes at least this often. */
const sweepDelayMs = 60_000;

/**
 * Looks at each hold of one wallet and adds it to the totals of its windows. Answers what is held of the wallet now.
 */
export async function auditHolds(
  ctx: Ctx,
  walletId: string,
  charges: Charges,
  totals: WindowTotals,
  report: Report,
): Promise<number> {
  let held = 0;
  const now = ctx.clock.now();
  for await (const hold of everyHold(ctx, walletId)) {
    auditState(hold, now, report);
    auditCharge(hold, charges, report);
    const holding = hold.endedAt === null ? hold.amountMicros : 0;
    held += holding;
    for (const window of hold.windows) {
      if (window.usedMicros > window.limitMicros) {
        report("cap_exceeded", hold.id, `brought ${windowId(window)} to ${window.usedMicros} of ${window.limitMicros}`);
      }
      const total = totals.get(windowId(window)) ?? { spentMicros: 0, heldMicros: 0 };
      total.spentMicros += hold.costMicros ?? 0;
      total.heldMicros += holding;
      totals.set(windowId(window), total);
    }
  }
  for (const reference of charges.keys()) {
    report("entry_without_hold", walletId, `an entry names ${reference}, which is no hold of this wallet`);
  }
  return held;
}

function auditState(hold: AuditedHold, now: number, report: Report): void {
  const { id, amountMicros, endedAt, outcome, costMicros, lossMicros } = hold;
  const running = endedAt === null && outcome === null && costMicros === null && lossMicros === null;
  if (running) {
    const lateMs = now - hold.deadlineAt;
    if (lateMs > sweepDelayMs) report("hold_overdue", id, `open ${lateMs} ms after its deadline`);
    return;
  }
  const cost = costMicros ?? -1;
  const loss = lossMicros ?? -1;
  const nothing = cost === 0 && loss === 0;
  // A loss begins only where the hold ends.
  const settled = outcome === "settled" && cost >= 0 && (loss === 0 || (loss > 0 && cost === amountMicros));
  const givenBack = (outcome === "released" || outcome === "expired") && nothing;
  if (endedAt === null || cost > amountMicros || !(settled || givenBack)) {
    report("hold_state", id, `${outcome} at ${endedAt}, cost ${costMicros} and loss ${lossMicros} of ${amountMicros}`);
  }
}

/** One entry for the cost and one for the loss, or none where nothing was charged. */
function auditCharge({ id, costMicros, lossMicros }: AuditedHold, charges: Charges, report: Report): void {
  const { charge, loss } = charges.get(id) ?? { charge: [], loss: [] };
  charges.delete(id);
  if (!isOnce(charge, costMicros ?? 0)) report("hold_charge", id, `cost ${costMicros}, charged ${charge.join("+")}`);
  if (!isOnce(loss, lossMicros ?? 0)) report("hold_charge", id, `loss ${lossMicros}, entered ${loss.join("+")}`);
}

function isOnce(entries: readonly number[], amountMicros: number): boolean {
  return amountMicros === 0 ? entries.length === 0 : entries.length === 1 && entries[0] === amountMicros;
}
