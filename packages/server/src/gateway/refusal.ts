import type { Ctx } from "../context.ts";
import { Fault, type FaultCode } from "../kernel/faults.ts";
import { formatDollars } from "../kernel/money.ts";
import type { Refusal } from "../ledger/index.ts";
import type { Caller } from "../tokens/index.ts";

const retryAfterSeconds = "2";

/** The refusal of a hold as the caller shall read it: which limit it was, how far it is used, and who can raise it. */
export function moneyFault(
  ctx: Ctx,
  caller: Caller,
  { why, refusal }: { why: "cap" | "balance" | "in_flight"; refusal: Refusal },
  affordableOutputTokens: number,
): Fault {
  const source = sourceOf(caller, refusal);
  const fields = {
    limit_source: why === "in_flight" ? why : source,
    limit: formatDollars(refusal.limitMicros),
    spent: formatDollars(refusal.spentMicros),
    held: formatDollars(refusal.heldMicros),
    resets_at: refusal.resetsAt === null ? null : new Date(refusal.resetsAt).toISOString(),
    manage_url: ctx.config.issuer + managePath(caller, source),
    affordable_output_tokens: affordableOutputTokens,
  };
  const [code, description] = words[why](source, fields.limit);
  return new Fault(code, description, {
    fields,
    headers: why === "in_flight" ? { "retry-after": retryAfterSeconds } : {},
  });
}

type Source = "app_cap" | "key_cap" | "balance";

/** A key that belongs to a grant spends from the grant's budget, and from its own behind it. */
function sourceOf(caller: Caller, refusal: Refusal): Source {
  if (refusal.source === "wallet") return "balance";
  return caller.grantId !== null && refusal.budgetId === caller.budgetIds[0] ? "app_cap" : "key_cap";
}

function managePath({ appId }: Caller, source: Source): string {
  switch (source) {
    case "app_cap":
      return `/account/limit?app=${appId}&refused=1`;
    case "key_cap":
      return "/account/keys";
    case "balance":
      return "/account/profile";
  }
}

const words: Record<"cap" | "balance" | "in_flight", (source: Source, limit: string) => [FaultCode, string]> = {
  cap: (source, limit) => [
    "budget_exceeded",
    `The cap of $${limit} that the user gave ${source === "app_cap" ? "this app" : "this key"} does not cover this call. The user can raise it.`,
  ],
  balance: () => ["insufficient_balance", "The balance does not cover this call. The user can top it up."],
  in_flight: () => ["budget_in_flight", "Calls in progress hold what is left. Try again in a moment."],
};
