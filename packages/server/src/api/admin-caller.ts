import type { Actor, CreditRefusal } from "../accounts/index.ts";
import type { Ctx } from "../context.ts";
import { Fault } from "../kernel/faults.ts";
import { findUser, hasRight, type StaffRight } from "../people/index.ts";
import { type ApiCaller, requireAllFactors, requireRecentSignIn } from "./guard.ts";

/** Only keys made for this, by an operator in person, and people in person. No app and no command line has it. */
export const adminScopes = ["admin"] as const;

/**
 * Whether the caller is somebody of the operator's who may do this, asked with every call: a key is worth what its owner is.
 *
 * @throws Fault `forbidden`
 */
export async function requireStaff(ctx: Ctx, caller: ApiCaller, right: StaffRight): Promise<void> {
  const { userId, appId } = caller;
  const user = appId === null ? await findUser(ctx, userId) : undefined;
  const lives = user?.disabledAt === null && user.deletionDueAt === null;
  if (!lives || !hasRight(user.role, right)) throw new Fault("forbidden", "Your role does not allow this.");
  await requireAllFactors(ctx, caller);
}

/**
 * Who changes somebody else's account. In person only shortly after signing in; a key was made by somebody who just had.
 *
 * @throws Fault `forbidden`
 */
export async function requireActor(ctx: Ctx, caller: ApiCaller): Promise<Actor> {
  await requireStaff(ctx, caller, "accounts.change");
  if (caller.keyId === null) await requireRecentSignIn(ctx, caller);
  return { userId: caller.userId, keyId: caller.keyId };
}

/** A deed that was not done, as it is said on the wire. */
export function refusalOf(why: CreditRefusal): Fault {
  switch (why) {
    case "forbidden":
      return new Fault("forbidden", "Your role does not allow this.");
    case "self":
      return new Fault("forbidden", "Nobody changes himself. Ask another operator.");
    case "last_operator":
      return new Fault("forbidden", "This is the last operator who can act. Make another one first.");
    case "unknown":
      return new Fault("not_found", "User not found");
    case "unchanged":
      return new Fault("conflict", "It is so already.");
    case "balance_too_high":
      return new Fault("conflict", "The balance would become larger than it can be.");
    case "reference_taken":
      return new Fault("idempotency_conflict", "This reference came with another amount before.");
    case "invalid_amount":
      return new Fault("invalid_request", "The amount must be above zero.");
  }
}
