/** An OAuth client. Times are epoch milliseconds. */
export interface App {
  id: string;
  /** `cid_…`, public. */
  clientId: string;
  ownerId: string;
  name: string;
  description: string | null;
  homepageUrl: string | null;
  logoUrl: string | null;
  privacyPolicyUrl: string | null;
  termsUrl: string | null;
  clientType: "confidential" | "public";
  redirectUris: string[];
  allowedScopes: string[];
  /** Shown in the directory since. */
  listedAt: number | null;
  refreshTokenLifetimeDays: number;
  idTokenSignedResponseAlg: "RS256" | "ES256";
  accessTokenFormat: "sealed" | "jwt";
  /** The grant types it may use, by the names of RFC 7591. */
  grantTypes: string[];
  /** May recognise people and never spend. */
  identityOnly: boolean;
  /** False only by an operator's word, and never for a public client. */
  requirePkce: boolean;
  postLogoutRedirectUris: string[];
  webhookUrl: string | null;
  /** What the consent page starts with when the request proposes nothing. */
  budgetProposal: { limitMicros: number; period: "day" | "week" | "month" | "total" } | null;
  /** The logo that we serve; see `app_logos`. */
  logoId: string | null;
  /** Proven to be the owner's. */
  verifiedDomain: string | null;
  /** Whoever consented before is asked again. */
  faceChangedAt: number | null;
  /** Sealed into every token; unequal is dead. */
  generation: number;
  deactivatedAt: number | null;
  /** Deactivated by an operator, who alone activates it again. */
  blockedAt: number | null;
  /** A deleted app is found by nobody but the bill. */
  deletedAt: number | null;
  createdAt: number;
  updatedAt: number;
}
