import type { Role } from "./user.ts";

/** What people of the operator may do with accounts that are not their own. */
export type StaffRight = "accounts.read" | "accounts.change" | "audit.read" | "ledger.read";

const rights: Record<Role, readonly StaffRight[]> = {
  user: [],
  support: ["accounts.read"],
  auditor: ["audit.read", "ledger.read"],
  operator: ["accounts.read", "accounts.change", "audit.read", "ledger.read"],
};

export const roles = ["user", "support", "auditor", "operator"] as const satisfies readonly Role[];

export function hasRight(role: Role, right: StaffRight): boolean {
  return rights[role].includes(right);
}

export function isStaff(role: Role): boolean {
  return rights[role].length > 0;
}

export function readRole(text: string | undefined): Role | undefined {
  return roles.find((role) => role === text);
}
