import type { Asked } from "../../consent/index.ts";
import type { Approval } from "../../tokens/index.ts";

/** What a device asked for, and what came of it (RFC 8628). Times are epoch milliseconds. */
export interface DeviceRequest {
  /** Becomes the id of the token family: that the family exists is the proof that the device has its tokens. */
  id: string;
  appId: string;
  /** Of the app when it asked; unequal is dead. */
  appGeneration: number;
  asked: Asked;
  expiresAt: number;
  /** How long the device must wait between two polls. Grows when it does not. */
  intervalMs: number;
  polledAt: number | null;
  /** The one session that may decide: the first that opened it. */
  sessionId: string | null;
  outcome: "approved" | "denied" | null;
  /** Set with the outcome `approved`. */
  approval: Approval | null;
}

export const deviceLifeMs = 600_000;
export const firstIntervalMs = 5_000;
