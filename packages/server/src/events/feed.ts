import type { Ctx } from "../context.ts";
import { idTime } from "../kernel/random.ts";
import { changesKeptMs, changesSince } from "./changes.sql.ts";

export interface FeedOptions {
  ctx: Ctx;
  /** A number that moves with every commit; without one each poll reads. */
  dataVersion?: (() => number) | undefined;
}

/** Hears what other processes changed and passes it on to `ctx.changes`. */
export interface Feed {
  /** Polls every 250 ms from now on. */
  start(): void;
  /** Waits for the poll under way. */
  stop(): Promise<void>;
  /** @throws Fault `temporarily_unavailable` when the database cannot be read. */
  pollOnce(): Promise<void>;
  /** Whether memory may be trusted: everything committed more than a second ago has been heard of. */
  isFresh(): boolean;
}

const pollEveryMs = 250;
const freshForMs = 1000;

/**
 * A transaction that began earlier may commit later, and clocks of processes differ: each poll reads this far behind
 * what it has seen. Clocks that differ by more are a fault of operation.
 */
const overlapMs = 30_000;

export function createFeed({ ctx, dataVersion }: FeedOptions): Feed {
  const { clock } = ctx;
  let lastBegan: number | undefined;
  let seenVersion: number | undefined;
  let newest: number | undefined;
  let seen = new Set<string>();

  const readChanges = async () => {
    const rows = await changesSince(ctx, newest === undefined ? 0 : Math.min(clock.now(), newest) - overlapMs);
    for (const change of rows) if (!seen.has(change.id)) ctx.changes.apply(change);
    seen = new Set(rows.map((row) => row.id));
    const last = rows.at(-1);
    if (last) newest = Math.max(newest ?? 0, idTime(last.id));
  };

  const pollOnce = async () => {
    // Taken before reading: a process stopped in the middle must not take an old answer for a new one.
    const began = clock.monotonic();
    const version = dataVersion?.();
    if (version === undefined || version !== seenVersion) await readChanges();
    if (lastBegan !== undefined && began - lastBegan > changesKeptMs / 2) {
      ctx.changes.apply({ kind: "everything", subjectId: "" });
    }
    seenVersion = version;
    lastBegan = began;
  };

  return {
    ...repeat(ctx, pollOnce),
    pollOnce,
    isFresh: () => lastBegan !== undefined && clock.monotonic() - lastBegan < freshForMs,
  };
}

function repeat(ctx: Ctx, pollOnce: () => Promise<void>): Pick<Feed, "start" | "stop"> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let polling: Promise<void> = Promise.resolve();
  let stopped = false;
  let failing = false;
  const poll = async () => {
    try {
      await pollOnce();
      failing = false;
    } catch (error) {
      if (!failing) ctx.log.warn({ err: error }, "the change feed cannot be read; every check asks the database");
      failing = true;
    }
    if (!stopped) timer = setTimeout(begin, pollEveryMs);
  };
  const begin = () => {
    polling = poll();
  };
  return {
    start: begin,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await polling;
    },
  };
}
