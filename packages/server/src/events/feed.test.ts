import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Change, type Ctx, inTx } from "../context.ts";
import { seededRandom } from "../kernel/random.ts";
import { openStore, type Store } from "../store/index.ts";
import { type ManualClock, manualClock } from "../testing/clock.ts";
import { databases } from "../testing/databases.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import { announce, createChanges, createFeed, type Feed, forgetOldChanges } from "./index.ts";

describe.each(databases)("the change feed on $name", ({ open }) => {
  let clock: ManualClock;
  let house: OpenCtx;
  let other: Store;
  /** A second process: its own connection and its own memory. */
  let ctx: Ctx;
  let feed: Feed;
  let heard: Change[];

  beforeEach(async () => {
    clock = manualClock();
    house = await openCtx(open, { clock });
    other = await openStore({ url: house.url, clock, random: house.ctx.random });
    ctx = { ...house.ctx, db: other.db, changes: createChanges() };
    heard = [];
    ctx.changes.subscribe(({ kind, subjectId }) => heard.push({ kind, subjectId }));
    feed = createFeed({ ctx, dataVersion: other.dataVersion });
  });
  afterEach(async () => {
    await other.close();
    await house.close();
  });

  const change = (subjectId: string) => inTx(house.ctx, (tx) => announce(tx, "grant", subjectId));

  it("tells this process right after the commit, and never of what was rolled back", async () => {
    const local: Change[] = [];
    house.ctx.changes.subscribe((told) => local.push(told));
    await inTx(house.ctx, async (tx) => {
      await announce(tx, "grant", "grt_1");
      expect(local).toEqual([]);
    });
    await inTx(house.ctx, async (tx) => {
      await announce(tx, "grant", "grt_2");
      return { ok: false };
    });
    expect(local).toEqual([{ kind: "grant", subjectId: "grt_1" }]);
    await feed.pollOnce();
    expect(heard).toEqual([{ kind: "grant", subjectId: "grt_1" }]);
  });

  it("tells another process of each change once", async () => {
    await feed.pollOnce();
    await change("grt_1");
    await feed.pollOnce();
    await change("grt_2");
    await feed.pollOnce();
    clock.advance(10_000);
    await feed.pollOnce();
    expect(heard.map((told) => told.subjectId)).toEqual(["grt_1", "grt_2"]);
  });

  it("hears of a change whose transaction began earlier and committed later than one it saw", async () => {
    await change("grt_early");
    await feed.pollOnce();
    // An id is made when a transaction begins to write, so this one comes before the one that was seen.
    const behind = seededRandom(2, manualClock(clock.now() - 29_000));
    await inTx({ ...house.ctx, random: behind }, (tx) => announce(tx, "grant", "grt_late"));
    await feed.pollOnce();
    expect(heard.map((told) => told.subjectId)).toEqual(["grt_early", "grt_late"]);
  });

  it("hears of changes though its own wall clock jumps", async () => {
    await change("grt_1");
    await feed.pollOnce();
    clock.setNow(clock.now() + 3_600_000);
    await feed.pollOnce();
    clock.setNow(clock.now() - 3_600_000);
    await change("grt_2");
    clock.setNow(clock.now() + 3_600_000);
    await feed.pollOnce();
    expect(heard.map((told) => told.subjectId)).toEqual(["grt_1", "grt_2"]);
  });

  it("is fresh for a second after a poll began", async () => {
    expect(feed.isFresh()).toBe(false);
    await feed.pollOnce();
    clock.advance(999);
    expect(feed.isFresh()).toBe(true);
    clock.advance(1);
    expect(feed.isFresh()).toBe(false);
    await feed.pollOnce();
    expect(feed.isFresh()).toBe(true);
  });

  it("does not take the answer of a poll for fresh in which the process was stopped", async () => {
    const poll = feed.pollOnce();
    clock.advance(5000);
    await poll;
    expect(feed.isFresh()).toBe(false);
  });

  it("stays stale while the database cannot be read", async () => {
    await feed.pollOnce();
    clock.advance(1000);
    await other.close();
    await expect(feed.pollOnce()).rejects.toThrow();
    expect(feed.isFresh()).toBe(false);
    other = await openStore({ url: house.url, clock, random: house.ctx.random });
  });

  it("has everything forgotten after it was deaf for half as long as changes are kept", async () => {
    await feed.pollOnce();
    clock.advance(5 * 60_000 + 1);
    await change("grt_1");
    await feed.pollOnce();
    expect(heard).toEqual([
      { kind: "grant", subjectId: "grt_1" },
      { kind: "everything", subjectId: "" },
    ]);
  });

  it("keeps changes for ten minutes", async () => {
    await change("grt_1");
    clock.advance(10 * 60_000);
    expect(await inTx(house.ctx, forgetOldChanges)).toBe(0);
    clock.advance(1);
    expect(await inTx(house.ctx, forgetOldChanges)).toBe(1);
  });

  it("polls by itself once started, and stops", async () => {
    const told = Promise.withResolvers<Change>();
    ctx.changes.subscribe(told.resolve);
    feed.start();
    await change("grt_1");
    expect(await told.promise).toMatchObject({ kind: "grant", subjectId: "grt_1" });
    await feed.stop();
    const before = heard.length;
    await change("grt_2");
    expect(heard).toHaveLength(before);
  });
});
