/** Who allowed which app what, and up to how much. The only room that ties a grant to a budget. */
export { type Cap, capsOf, isPeriod, readProposal } from "./caps.ts";
export {
  type AskedPermission,
  type ConsentQuestion,
  describeConsent,
  type Kept,
  type Questioned,
} from "./describe.ts";
export { type AskedSpending, capsInForce, type KeptBill, type StartTerms } from "./describe-money.ts";
export type { Answered, Grant } from "./grant.ts";
export {
  type ConsentAnswer,
  changeTerms,
  countUsers,
  findGrant,
  findLiveGrant,
  giveConsent,
  listEndedGrants,
  listGrants,
  revokeGrant,
  type TermsChange,
} from "./grants.ts";
export { type Asked, grantedScopes, needsConsent } from "./needs.ts";
export {
  allScopes,
  appScopes,
  canSpend,
  describeScopes,
  findScope,
  readScopes,
  type ScopeEntry,
  scopes,
} from "./scopes.ts";
export { readTerms, type Terms, type TermsFault, type TermsForm, type TermsVerdict } from "./terms.ts";
