/**
 * Money: wallets, budgets and what calls take out of them. Knows nobody: users, apps and models are ids and names that
 * it only keeps.
 *
 * Five laws keep it exact. A guard mentions only columns of the row it changes. Windows, then the wallet, then what is
 * new: one order of locks for all. Look outside, take inside. Nothing waits for the network in a transaction. What must
 * survive a refusal is written after the rollback.
 */
export { isAmount } from "./amount.ts";
export { auditLedger } from "./audit.ts";
export { type Budget, findBudget, type Limits } from "./budgets.sql.ts";
export { budgetStatus, changeBudget, createBudget, type WindowStatus } from "./budgets.ts";
export { type Credit, type CreditVerdict, creditWallet } from "./credit.ts";
export type { EndVerdict, Settlement } from "./end-hold.ts";
export { type Entry, listEntries } from "./entries.sql.ts";
export type { HoldRequest, HoldVerdict } from "./hold.ts";
export type { Hold, Outcome } from "./holds.sql.ts";
export { createLedger, type Ledger } from "./ledger.ts";
export type { Purse, Refusal } from "./refusal.ts";
export {
  type Call,
  type CallFilter,
  findCall,
  type SumByApp,
  type SumByDay,
  sumByApp,
  sumByDay,
  type TimeRange,
} from "./statement.sql.ts";
export { listCalls, listUnbilled, type Page } from "./statement.ts";
export type { Violation, ViolationKind } from "./violation.ts";
export { createWallet, findWallet, type Wallet } from "./wallets.sql.ts";
