import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTx } from "../context.ts";
import { databases } from "../testing/databases.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import { claimOnce, findOnce, forgetExpiredMarks } from "./once.ts";

describe.each(databases)("one-time marks on $name", ({ open }) => {
  let house: OpenCtx;
  let ctx: OpenCtx["ctx"];

  beforeAll(async () => {
    house = await openCtx(open);
    ctx = house.ctx;
  });
  afterAll(() => house.close());

  it("are claimed by one of 200 callers", async () => {
    const claims = Array.from({ length: 200 }, () => inTx(ctx, (tx) => claimOnce(tx, "code", "cod_1", 60_000)));
    expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
  });

  it("are told apart by kind and id, and keep the first value", async () => {
    const claim = (kind: string, id: string, value?: string) =>
      inTx(ctx, (tx) => claimOnce(tx, kind, id, 60_000, value));
    expect(await claim("nonce", "n1", "first")).toBe(true);
    expect(await claim("nonce", "n2")).toBe(true);
    expect(await claim("state", "n1")).toBe(true);
    expect(await claim("nonce", "n1", "second")).toBe(false);
    expect(await findOnce(ctx, "nonce", "n1")).toEqual({ value: "first", expiresAt: 60_000 });
    expect(await findOnce(ctx, "nonce", "n2")).toEqual({ value: null, expiresAt: 60_000 });
    expect(await findOnce(ctx, "nonce", "n3")).toBeUndefined();
  });

  it("are free again after a rollback, and only then", async () => {
    const refused = inTx(ctx, async (tx) => ({ ok: !(await claimOnce(tx, "code", "cod_2", 60_000)) }));
    expect(await refused).toEqual({ ok: false });
    expect(await findOnce(ctx, "code", "cod_2")).toBeUndefined();
    expect(await inTx(ctx, (tx) => claimOnce(tx, "code", "cod_2", 60_000))).toBe(true);
  });

  it("are forgotten after their expiry, in portions", async () => {
    await inTx(ctx, async (tx) => {
      for (const id of ["a", "b", "c"]) await claimOnce(tx, "old", id, 1000);
      await claimOnce(tx, "old", "edge", 2000);
    });
    const forget = (now: number) => inTx(ctx, (tx) => forgetExpiredMarks(tx, now, 2));
    expect([await forget(2000), await forget(2000), await forget(2000)]).toEqual([2, 1, 0]);
    expect(await findOnce(ctx, "old", "edge")).toBeDefined();
  });
});
