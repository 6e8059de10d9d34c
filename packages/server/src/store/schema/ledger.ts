/** A wallet has the id of the workspace that owns it. */
export interface WalletsTable {
  id: string;
  balance_micros: number;
  held_micros: number;
  /** How many entries the chain of this wallet has; the next one takes this number. */
  entry_count: number;
  created_at: number;
  updated_at: number;
}

/** Append-only. Each row moves `amount_micros` from one account to another: double entry in one row. */
export interface EntriesTable {
  wallet_id: string;
  seq: number;
  id: string;
  kind: string;
  debit_account: string;
  credit_account: string;
  amount_micros: number;
  balance_after_micros: number;
  reference: string;
  created_at: number;
  /** SHA-256 over the checksum before it and every column of this row. */
  checksum: string;
}

export interface BudgetsTable {
  id: string;
  limit_day_micros: number | null;
  limit_week_micros: number | null;
  limit_month_micros: number | null;
  limit_total_micros: number | null;
  /** Goes up with every change of a limit; open windows carry it, so a stale reader cannot admit. */
  revision: number;
  created_at: number;
  updated_at: number;
}

export interface BudgetWindowsTable {
  budget_id: string;
  period: "day" | "week" | "month" | "total";
  starts_at: number;
  /** Null for the window of a total. */
  ends_at: number | null;
  limit_micros: number;
  spent_micros: number;
  held_micros: number;
  revision: number;
  last_used_at: number | null;
}

/** A call: opened by a hold, ended once by settle, release or the sweep; then it is the usage row. */
export interface HoldsTable {
  wallet_id: string;
  id: string;
  user_id: string;
  app_id: string | null;
  grant_id: string | null;
  key_id: string | null;
  /** What is bought: the public name of the model. */
  item: string;
  amount_micros: number;
  /** JSON array of [budget_id, period, starts_at, limit, used]: the windows this hold took, and how they stood at its admission. */
  windows: string;
  /** JSON: the prices at admission. */
  prices: string;
  request_id: string;
  created_at: number;
  deadline_at: number;
  ended_at: number | null;
  outcome: "settled" | "released" | "expired" | null;
  cost_micros: number | null;
  /** Above the hold: carried by the platform. */
  loss_micros: number | null;
  /** JSON: what was metered. */
  usage: string | null;
}
