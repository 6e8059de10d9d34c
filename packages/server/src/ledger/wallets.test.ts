import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inTx } from "../context.ts";
import { query } from "../store/index.ts";
import { databases } from "../testing/databases.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import { type Credit, createWallet, creditWallet, findWallet } from "./index.ts";

describe.each(databases)("a wallet on $name", ({ open }) => {
  let house: OpenCtx;
  beforeEach(async () => {
    house = await openCtx(open);
    await inTx(house.ctx, (tx) => createWallet(tx, "ws_1"));
  });
  afterEach(() => house.close());

  const credit = (facts: Partial<Credit>) =>
    inTx(house.ctx, (tx) => creditWallet(tx, { walletId: "ws_1", amountMicros: 5_000_000, ...facts }));
  const entries = () => query(house.ctx, (db) => db.selectFrom("entries").selectAll().orderBy("seq"));

  it("begins empty", async () => {
    expect(await findWallet(house.ctx, "ws_1")).toEqual({ balanceMicros: 0, heldMicros: 0 });
    expect(await findWallet(house.ctx, "ws_2")).toBeUndefined();
  });

  it("takes credit, each with an entry of its own", async () => {
    expect(await credit({})).toEqual({ ok: true, balanceMicros: 5_000_000, repeated: false });
    expect(await credit({ amountMicros: 1 })).toEqual({ ok: true, balanceMicros: 5_000_001, repeated: false });
    expect(await entries()).toMatchObject([
      { seq: 0, kind: "credit", debit_account: "platform:credit", credit_account: "wallet:ws_1" },
      { seq: 1, amount_micros: 1, balance_after_micros: 5_000_001 },
    ]);
  });

  it("credits one reference once, whoever sends it again", async () => {
    await credit({ reference: "pay_1" });
    expect(await credit({ reference: "pay_1" })).toEqual({ ok: true, balanceMicros: 5_000_000, repeated: true });
    expect(await credit({ reference: "pay_1", amountMicros: 6_000_000 })).toEqual({
      ok: false,
      why: "reference_taken",
    });
    const together = await Promise.all(Array.from({ length: 20 }, () => credit({ reference: "pay_2" })));
    expect(together.filter((verdict) => verdict.ok && !verdict.repeated)).toHaveLength(1);
    expect(await findWallet(house.ctx, "ws_1")).toMatchObject({ balanceMicros: 10_000_000 });
    expect(await entries()).toHaveLength(2);
  });

  it.each([0, -1, 0.5, Number.NaN, 1e30, 2 ** 53, "1e3" as unknown as number])(
    "[P02] refuses a credit of %s",
    async (amountMicros) => {
      expect(await credit({ amountMicros })).toEqual({ ok: false, why: "invalid_amount" });
      expect(await entries()).toEqual([]);
    },
  );

  it("[P02] refuses a balance that would not be exact", async () => {
    await credit({ amountMicros: Number.MAX_SAFE_INTEGER - 1 });
    expect(await credit({ amountMicros: 2, reference: "pay_1" })).toEqual({ ok: false, why: "balance_too_high" });
    expect(await credit({ amountMicros: 1, reference: "pay_1" })).toMatchObject({
      balanceMicros: Number.MAX_SAFE_INTEGER,
    });
  });

  it("must be there", async () => {
    expect(await credit({ walletId: "ws_2" })).toEqual({ ok: false, why: "no_such_wallet" });
  });
});
