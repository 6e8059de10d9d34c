import { sha256Base64Url } from "../../src/kernel/hash.ts";
import { type EntryOf, type Evidence, groupBy, isDone, type Report } from "./evidence.ts";
import type { Produced } from "./upstream.ts";
import { prices } from "./world.ts";

interface HoldRow {
  id: string;
  request_id: string;
  outcome: string | null;
  cost_micros: number | null;
  loss_micros: number | null;
  ended_at: number | null;
}

/** L1 to L5 from the rows alone, by sums that share no code with the ledger. */
export function auditMoney(evidence: Evidence, report: Report): void {
  const { rows } = evidence;
  for (const { id } of rows<{ id: string }>(unbalanced))
    report("L1", `${id}: the balance is not the sum of its entries`);
  for (const { id } of rows<{ id: string }>(wronglyHeld)) report("L1", `${id}: held is not the sum of the open holds`);
  for (const { place, used, cap } of rows<{ place: string; used: number; cap: number }>(excess)) {
    report("L3", `${place}: ${used} spent and held of ${cap}`);
  }
  for (const { id, limits } of rows<{ id: string; limits: string }>(strayWindows)) {
    report("L3", `${id}: its window has another limit than ${limits}`);
  }
  // Whoever started last has ended every hold of those before, and was asked to end itself.
  for (const { id, outcome, ended_at } of rows<HoldRow>("select * from holds")) {
    const ended = ended_at !== null && ["settled", "released", "expired"].includes(outcome ?? "");
    if (!ended) report("L4", `${id}: still open`);
  }
  auditCalls(evidence, report);
}

const unbalanced = `select w.id from wallets w where balance_micros != (select coalesce(sum(
    case when credit_account = 'wallet:' || w.id then amount_micros else 0 end
    - case when debit_account = 'wallet:' || w.id then amount_micros else 0 end), 0)
  from entries where wallet_id = w.id)`;

const wronglyHeld = `select w.id from wallets w where held_micros != (select coalesce(sum(amount_micros), 0)
  from holds where wallet_id = w.id and ended_at is null)`;

/** The witness that the seed put into the database noted each admission beside the limit then in force. */
const excess = "select place, used, cap from admissions where used > cap";

const strayWindows = `select b.id, coalesce(b.limit_month_micros, b.limit_total_micros) as limits
  from budgets b join budget_windows w on w.budget_id = b.id
  where w.ends_at is null or w.ends_at > (select max(created_at) from audit_log)
  group by b.id having sum(w.limit_micros = case w.period
    when 'month' then b.limit_month_micros when 'total' then b.limit_total_micros end) != count(*)`;

/** Each call that anybody made has one hold or none, and each hold belongs to such a call. */
function auditCalls(evidence: Evidence, report: Report): void {
  const { rows, deeds, produced } = evidence;
  const holds = new Map(rows<HoldRow>("select * from holds").map((hold) => [hold.id, hold]));
  const keys = rows<{ id: string; value: string }>("select id, value from once where kind = 'idempotency'");
  const holdOfKey = new Map(keys.map(({ id, value }) => [id, value]));
  const marks = groupBy(deeds("chat"), ({ deed }) => deed.mark);
  const productions = groupBy(produced, ({ mark }) => mark);
  const known = new Set<string>();
  for (const [mark, chats] of marks) {
    const id = holdOfKey.get(keyOf(evidence, chats[0]!));
    const hold = id === undefined ? undefined : holds.get(id);
    if (id !== undefined) known.add(id);
    if (id !== undefined && !hold) report("L2", `call ${mark}: its key stands without a hold`);
    auditCall(mark, chats, hold, productions.get(mark) ?? [], report);
  }
  for (const id of holds.keys()) if (!known.has(id)) report("L2", `${id}: a hold that no call of the journal has made`);
  for (const mark of productions.keys()) if (!marks.has(mark)) report("L5", `${mark}: produced for nobody`);
}

function auditCall(
  mark: string,
  chats: EntryOf<"chat">[],
  hold: HoldRow | undefined,
  produced: Produced[],
  report: Report,
): void {
  const answered = chats.filter(isDone);
  if (answered.length > 1) report("L2", `call ${mark}: answered ${answered.length} times`);
  if (produced.length > 1) report("L5", `call ${mark}: forwarded ${produced.length} times`);
  if (!hold) {
    if (answered.length > 0) report("L2", `call ${mark}: answered, and not in the database`);
    if (produced.length > 0) report("L5", `call ${mark}: forwarded without a hold`);
    return;
  }
  const billed = (hold.cost_micros ?? 0) + (hold.loss_micros ?? 0);
  for (const { answer } of answered) {
    if (hold.outcome !== "settled") report("L2", `call ${mark}: answered, and ${hold.outcome ?? "open"}`);
    if (answer?.requestId !== hold.request_id) report("L2", `call ${mark}: the receipt is another request's`);
    if (answer?.costMicros !== billed) report("L5", `call ${mark}: said ${answer?.costMicros}, billed ${billed}`);
  }
  const worth = hold.outcome === "settled" ? costOf(produced[0]) : 0;
  if (billed !== worth) report("L5", `call ${mark}: billed ${billed}, produced for ${worth}`);
}

function keyOf({ accessTokenOf }: Evidence, { deed }: EntryOf<"chat">): string {
  const grantId = deed.bearer === null ? "" : accessTokenOf(deed.bearer).grantId;
  return sha256Base64Url(`${grantId}\n${deed.keyId ?? ""}\n${deed.mark}`);
}

/** Rounded up once, in whole numbers. */
function costOf(produced: Produced | undefined): number {
  if (!produced) return 0;
  const { input, cached, output } = produced;
  const parts = (input - cached) * prices.input + cached * prices.cachedInput + output * prices.output;
  return Math.ceil(parts / 1_000_000) + prices.call;
}
