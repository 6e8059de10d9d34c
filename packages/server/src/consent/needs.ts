import { type Cap, covers } from "./caps.ts";
import type { Grant } from "./grant.ts";
import { allowsScope, canSpend } from "./scopes.ts";

/** What an app asks for in one authorization request. */
export interface Asked {
  scopes: readonly string[];
  /** Of these, the ones the user may leave out. */
  optional: readonly string[];
  /** The cap it proposes. */
  proposal: Cap | null;
}

/** What was neither allowed nor refused before. */
export function newScopes(grant: Grant | undefined, asked: Asked): string[] {
  if (!grant) return [...asked.scopes];
  const allowed = new Set(grant.scopes);
  return asked.scopes.filter((scope) => !allowsScope(allowed, scope) && !grant.answered.refused.includes(scope));
}

/** Of what is asked for, what the grant allows. */
export function grantedScopes(grant: Grant, asked: Pick<Asked, "scopes">): string[] {
  const allowed = new Set(grant.scopes);
  return asked.scopes.filter((scope) => allowsScope(allowed, scope));
}

/**
 * Whether the app proposes more than the user allows and than was ever proposed before. A user who refused spending
 * is not asked about amounts.
 */
export function isHigherProposal(grant: Grant, inForce: readonly Cap[], { scopes, proposal }: Asked): boolean {
  if (!proposal || grant.budgetId === null || !canSpend(scopes)) return false;
  return ![...inForce, ...grant.answered.proposals].some((cap) => covers(cap, proposal));
}

/**
 * Consent is remembered: a person is asked again only for more, or when nothing of what is asked for was allowed.
 *
 * @param inForce the caps of the grant; only looked at when the app proposes one
 */
export function needsConsent(grant: Grant | undefined, inForce: readonly Cap[], asked: Asked): boolean {
  if (!grant) return true;
  if (newScopes(grant, asked).length > 0 || grantedScopes(grant, asked).length === 0) return true;
  return isHigherProposal(grant, inForce, asked);
}
