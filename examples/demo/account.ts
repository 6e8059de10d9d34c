import type { Budget } from "./budget.ts";

/** Somebody who has signed in, with what the platform gave Storyteller for them. */
export interface Account {
  name: string;
  accessToken: string;
  refreshToken: string | undefined;
  /** Epoch milliseconds after which the tokens are renewed before they are used. */
  renewAt: number;
  /** A renewal under way: everybody waits for the same one, because a refresh token is used once. */
  renewal?: Promise<void> | undefined;
  /** Absent when the user signed in without letting Storyteller spend. */
  budget: Budget | undefined;
  models: string[];
  turns: Turn[];
}

/** One story: what was asked, what came back, and its price. */
export interface Turn {
  prompt: string;
  model: string;
  text: string;
  /** Micro-dollars; absent while it is written, and when the platform did not say. */
  costMicros?: number;
  /** The model was cut off, by its own limit or by what the cap could still pay. */
  cutShort?: boolean;
}
