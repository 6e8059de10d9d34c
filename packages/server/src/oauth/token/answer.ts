import type { Ctx } from "../../context.ts";
import { formatDollars } from "../../kernel/money.ts";
import { joinWords } from "../../kernel/words.ts";
import { budgetStatus } from "../../ledger/index.ts";
import type { Issued } from "../../tokens/index.ts";

/** RFC 6749 5.1, OpenID Connect Core 3.1.3.3. Amounts are dollars as decimal text. */
export interface TokenAnswer {
  access_token: string;
  token_type: "Bearer";
  expires_in: number;
  refresh_token?: string;
  scope: string;
  id_token?: string;
  /** What the user lets the app spend; left out when that is nothing. */
  budget?: BudgetAnswer;
}

export interface BudgetAnswer {
  limit: string;
  period: string;
  remaining: string;
  /** ISO 8601; null for a total, which never resets. */
  resets_at: string | null;
}

export async function answerTokens(ctx: Ctx, issued: Issued): Promise<TokenAnswer> {
  const answer: TokenAnswer = {
    access_token: issued.accessToken,
    token_type: "Bearer",
    expires_in: issued.expiresInSeconds,
    ...(issued.refreshToken !== undefined && { refresh_token: issued.refreshToken }),
    scope: joinWords(issued.scopes),
  };
  if (issued.idToken !== undefined) answer.id_token = issued.idToken;
  if (issued.budgetId !== null) answer.budget = await describeBudget(ctx, issued.budgetId);
  return answer;
}

/** Of several limits the one that will be felt first. */
async function describeBudget(ctx: Ctx, budgetId: string): Promise<BudgetAnswer> {
  const windows = await budgetStatus(ctx, budgetId);
  const tightest = windows.reduce((least, other) => (other.remainingMicros < least.remainingMicros ? other : least));
  return {
    limit: formatDollars(tightest.limitMicros),
    period: tightest.period,
    remaining: formatDollars(tightest.remainingMicros),
    resets_at: tightest.resetsAt === null ? null : new Date(tightest.resetsAt).toISOString(),
  };
}
