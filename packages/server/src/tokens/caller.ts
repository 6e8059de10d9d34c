import type { Acr } from "../people/index.ts";
import type { Person } from "./chain.sql.ts";

/** Who is behind a bearer, and what it may do: the same for an access token and an API key. */
export interface Caller {
  kind: "access_token" | "api_key";
  userId: string;
  username: string;
  /** What claims are made of. */
  user: Person;
  /** Who pays: the id of the wallet too. */
  workspaceId: string;
  /** Null for a key of the user's own. */
  appId: string | null;
  clientId: string | null;
  grantId: string | null;
  keyId: string | null;
  /** Null for a key, and for a token that an app got for itself. */
  familyId: string | null;
  /** Of this access token; of a key, the key's. */
  tokenId: string;
  scopes: ReadonlySet<string>;
  /** Every budget that a call takes from: the grant's, the key's. */
  budgetIds: readonly string[];
  /** Epoch milliseconds. */
  issuedAt: number;
  /** Epoch milliseconds; null until revoked. */
  expiresAt: number | null;
  /** When the user last proved who they are, in epoch milliseconds; null for a key and where nobody signed in. */
  authenticatedAt: number | null;
  acr: Acr | null;
}
