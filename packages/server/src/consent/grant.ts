import type { Cap } from "./caps.ts";

/** What a user allowed an app. At most one is alive for each user and app. Times are epoch milliseconds. */
export interface Grant {
  id: string;
  userId: string;
  /** Who pays. */
  workspaceId: string;
  appId: string;
  scopes: string[];
  /** Null while spending is refused. */
  budgetId: string | null;
  answered: Answered;
  /** Goes up when something was taken back; sealed into every token, unequal is dead. */
  generation: number;
  /** @default null, which is until revoked */
  expiresAt: number | null;
  createdAt: number;
  updatedAt: number;
  revokedAt: number | null;
}

/** What the user has answered before, so that nobody is nagged. */
export interface Answered {
  /** Scopes that were asked for and not given. */
  refused: string[];
  /** Caps that were proposed, whatever the user made of them. */
  proposals: Cap[];
  /** When the consent page was last answered, in epoch milliseconds. @default when the grant was made */
  at?: number;
}

/** Whether the app changed its name, its picture or an address since the user looked at it. */
export function isOfAnotherFace(grant: Grant, faceChangedAt: number | null): boolean {
  return faceChangedAt !== null && (grant.answered.at ?? grant.createdAt) < faceChangedAt;
}
