/** What the audit can find wrong. */
export type ViolationKind =
  | "chain_gap"
  | "chain_broken"
  | "entry_balance"
  | "entry_unsound"
  | "entry_without_hold"
  | "wallet_missing"
  | "wallet_balance"
  | "wallet_held"
  | "wallet_overdrawn"
  | "window_missing"
  | "window_spent"
  | "window_held"
  | "cap_exceeded"
  | "hold_state"
  | "hold_overdue"
  | "hold_charge";

export interface Violation {
  kind: ViolationKind;
  /** The row: a hold's or wallet's id, wallet and number of an entry, budget, period and start of a window. */
  id: string;
  detail: string;
}

export type Report = (kind: ViolationKind, id: string, detail: string) => void;
