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
  /** Sealed into every token; unequal is dead. */
  generation: number;
  deactivatedAt: number | null;
  createdAt: number;
  updatedAt: number;
}
