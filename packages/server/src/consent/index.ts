/** Who allowed which app what, and up to how much. The only room that ties a grant to a budget. */
export { type Cap, capsOf, isPeriod, readProposal } from "./caps.ts";
export { countUsersUpTo } from "./crowd.sql.ts";
export {
  type AskedPermission,
  type ConsentQuestion,
  describeConsent,
} from "./describe.ts";
export { capsInForce } from "./describe-money.ts";
export { type Grant, isOfAnotherFace } from "./grant.ts";
export {
  type ConsentAnswer,
  changeTerms,
  findGrant,
  findLiveGrant,
  giveConsent,
  listEndedGrants,
  listGrantPage,
  listGrants,
  revokeGrant,
} from "./grants.ts";
export { judgeAnswer } from "./judge-answer.ts";
export { type Asked, grantedScopes, needsConsent } from "./needs.ts";
export { raiseLimit } from "./raise-limit.ts";
export { raisesTerms } from "./raised-cap.ts";
export {
  adminScope,
  allowsScope,
  allScopes,
  appScopes,
  canSpend,
  describeScopes,
  findScope,
  keyScopes,
  offeredScopes,
  readAppScope,
  readScopes,
  sayScope,
  spendingScopes,
  wholeGateway,
} from "./scopes.ts";
export { type AppStatistics, appStatistics } from "./statistics.sql.ts";
export { readTerms, readUntil, type Terms, type TermsFault, type TermsForm } from "./terms.ts";
