import type { Config } from "./config/config.ts";
import type { Outbound } from "./http/outbound.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Log } from "./kernel/log.ts";
import type { Random } from "./kernel/random.ts";
import type { Db } from "./store/index.ts";

/** What every function receives first. Outside a transaction `db` reads what is committed and refuses to write. */
export interface Ctx {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly config: Config;
  readonly log: Log;
  readonly changes: Changes;
  /** The only way to an address that a stranger chose. */
  readonly outbound: Outbound;
}

/** What a change is about; `everything` when changes may have been missed. */
export type ChangeKind =
  | "user"
  | "app"
  | "grant"
  | "budget"
  | "key"
  /** A token or a token family. */
  | "revoked"
  | "signing_key"
  | "epoch"
  | "everything";

export interface Change {
  kind: ChangeKind;
  subjectId: string;
}

/** Where what this process remembers hears of changes, its own and those of other processes, each maybe more than once. */
export interface Changes {
  apply(change: Change): void;
  subscribe(listener: (change: Change) => void): void;
}

/** The context inside a transaction: the only one that can write. */
export interface Tx extends Ctx {
  /** Runs after the commit was acknowledged, and never if it was not. Memory changes only here. */
  afterCommit(work: () => void): void;
}

/**
 * Runs `work` in one transaction and answers after its commit. Rolls back when `work` throws, and also when it returns
 * `{ ok: false }`, so that a refusal never leaves half of a change behind.
 *
 * @throws Fault `temporarily_unavailable` when the store is busy, full or lost, also when the outcome of the commit is unknown.
 */
export function inTx<T>(ctx: Ctx, work: (ctx: Tx) => Promise<T>): Promise<T> {
  return ctx.db.transact((db, afterCommit) => work({ ...ctx, db, afterCommit }), isRefusal);
}

function isRefusal(result: unknown): boolean {
  return typeof result === "object" && result !== null && "ok" in result && result.ok === false;
}
