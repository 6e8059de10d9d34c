import type { Tx } from "../context.ts";
import { recordAudit } from "../events/index.ts";
import { creditWallet } from "../ledger/index.ts";
import {
  type FoundUser,
  findAnyUser,
  findUser,
  hasRight,
  holdOtherOperators,
  type Role,
  resetSecondFactors,
  setUserDisabled,
  updateRole,
} from "../people/index.ts";
import { getPersonalWorkspace } from "../workspaces/index.ts";

/** Who does it: somebody of the operator's, maybe by a key, or whoever stands at the machine. */
export type Actor = { userId: string; keyId?: string | null | undefined } | "machine";

export type DeedRefusal =
  | "forbidden"
  | "unknown"
  /** Nobody changes himself. */
  | "self"
  /** Without an operator nobody could make one. */
  | "last_operator"
  /** It is so already, or there is nothing to take away. */
  | "unchanged";

export type DeedVerdict<Why extends string = DeedRefusal, Result = unknown> =
  | ({ ok: true; user: FoundUser } & Result)
  | { ok: false; why: Why };

/** Everything the user ever allowed dies; enabling revives none of it. */
export async function disableAccount(tx: Tx, actor: Actor, userId: string, disabled: boolean): Promise<DeedVerdict> {
  const others = disabled ? await holdOtherOperators(tx, userId) : [];
  const judged = await judge(tx, actor, userId);
  if (!judged.ok) return judged;
  if (disabled && canAct(judged.user) && others.length === 0) return { ok: false, why: "last_operator" };
  if (!(await setUserDisabled(tx, userId, disabled))) return { ok: false, why: "unchanged" };
  await note(tx, actor, disabled ? "user.disabled" : "user.enabled", userId);
  return judged;
}

export async function changeRole(tx: Tx, actor: Actor, userId: string, role: Role): Promise<DeedVerdict> {
  const others = await holdOtherOperators(tx, userId);
  const judged = await judge(tx, actor, userId);
  if (!judged.ok) return judged;
  if (role !== "operator" && canAct(judged.user) && others.length === 0) return { ok: false, why: "last_operator" };
  if (!(await updateRole(tx, userId, role))) return { ok: false, why: "unchanged" };
  await note(tx, actor, "user.role_changed", userId, { from: judged.user.role, to: role });
  return judged;
}

/** For somebody who lost both phone and codes: the first factor alone lets them in then, so be sure who asks. */
export async function resetFactors(tx: Tx, actor: Actor, userId: string): Promise<DeedVerdict> {
  const judged = await judge(tx, actor, userId);
  if (!judged.ok) return judged;
  if (!(await resetSecondFactors(tx, userId, nameOf(actor)))) return { ok: false, why: "unchanged" };
  return judged;
}

export interface GivenCredit {
  userId: string;
  /** A whole number of micro-dollars above zero. */
  amountMicros: number;
  /** Of the form or the caller: the same one never credits twice. */
  reference: string;
}

export type CreditRefusal = DeedRefusal | "invalid_amount" | "balance_too_high" | "reference_taken";

export async function creditAccount(
  tx: Tx,
  actor: Actor,
  { userId, amountMicros, reference }: GivenCredit,
): Promise<DeedVerdict<CreditRefusal, { balanceMicros: number; repeated: boolean }>> {
  const judged = await judge(tx, actor, userId);
  if (!judged.ok) return judged;
  const { id: walletId } = await getPersonalWorkspace(tx, userId);
  const credited = await creditWallet(tx, { walletId, amountMicros, reference: `operator:${reference}` });
  if (!credited.ok) return { ok: false, why: credited.why === "no_such_wallet" ? "unknown" : credited.why };
  const { balanceMicros, repeated } = credited;
  if (!repeated) await note(tx, actor, "wallet.credited", userId, { wallet_id: walletId, amount_micros: amountMicros });
  return { ...judged, balanceMicros, repeated };
}

/** Asked in the transaction of the deed: a right that was taken away a moment ago counts no more. */
async function judge(tx: Tx, actor: Actor, userId: string): Promise<DeedVerdict<"forbidden" | "unknown" | "self">> {
  if (actor !== "machine") {
    const staff = await findUser(tx, actor.userId);
    const lives = staff?.disabledAt === null && staff.deletionDueAt === null;
    if (!lives || !hasRight(staff.role, "accounts.change")) return { ok: false, why: "forbidden" };
    if (actor.userId === userId) return { ok: false, why: "self" };
  }
  const user = await findAnyUser(tx, userId);
  return user && user.deletedAt === null ? { ok: true, user } : { ok: false, why: "unknown" };
}

function canAct({ role, disabledAt, deletionDueAt }: FoundUser): boolean {
  return role === "operator" && disabledAt === null && deletionDueAt === null;
}

function note(tx: Tx, actor: Actor, action: string, subjectId: string, detail: Record<string, unknown> = {}) {
  const by = actor === "machine" || !actor.keyId ? {} : { key_id: actor.keyId };
  return recordAudit(tx, { actorId: nameOf(actor), action, subjectId, detail: { ...detail, ...by } });
}

function nameOf(actor: Actor): string {
  return actor === "machine" ? "system" : actor.userId;
}
