import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ctx, inTx } from "../context.ts";
import { query } from "../store/index.ts";
import { type ManualClock, manualClock } from "../testing/clock.ts";
import { databases } from "../testing/databases.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import { claimCode, codeLifeMs, createCode, endCodes, forgetExpiredCodes, type NewCode } from "./one-time-codes.ts";

describe.each(databases)("a one-time code on $name", ({ open }) => {
  let house: OpenCtx;
  let ctx: Ctx;
  let clock: ManualClock;

  beforeAll(async () => {
    clock = manualClock();
    house = await openCtx(open, { clock });
    ctx = house.ctx;
  });
  afterAll(() => house.close());

  const kind = "sign_in";
  const make = (code: Partial<NewCode> = {}) =>
    inTx(ctx, (tx) =>
      createCode(tx, { kind, userId: "usr_1", target: "maya@fennick.example", browser: "b1", ...code }),
    );
  const claim = (id: string, code: string, more = {}) =>
    claimCode(ctx, { id, kind, code, browser: "b1", ...more }, async (_, proven) => ({ ok: true as const, ...proven }));
  const otherThan = (code: string) => (code === "123456" ? "654321" : "123456");
  const row = async (id: string) =>
    (await query(ctx, (db) => db.selectFrom("one_time_codes").selectAll().where("id", "=", id)))[0];

  it("has six digits, proves who got it, and works once", async () => {
    const { id, code, expiresAt } = await make();
    expect(code).toMatch(/^\d{6}$/);
    expect(expiresAt).toBe(clock.now() + codeLifeMs);
    expect(await claim(id, code)).toEqual({ ok: true, userId: "usr_1", target: "maya@fennick.example" });
    expect(await claim(id, code)).toEqual({ ok: false, why: "used" });
  });

  it("may be typed with spaces and wide digits", async () => {
    const { id, code } = await make();
    const wide = [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join("");
    expect(await claim(id, ` ${wide.slice(0, 3)} ${wide.slice(3)}\n`)).toMatchObject({ ok: true });
  });

  it("opens nothing of another kind, in another browser, or made for nobody, and is no other code", async () => {
    const { id, code } = await make();
    expect(await claim(id, code, { kind: "password" })).toEqual({ ok: false, why: "wrong" });
    expect((await row(id))!.attempts_left).toBe(5);
    expect(await claim(id, code, { browser: "b2" })).toEqual({ ok: false, why: "wrong" });
    const other = await make();
    expect(await claim(other.id, other.code === code ? otherThan(code) : code)).toEqual({ ok: false, why: "wrong" });
    const nobody = await make({ userId: null });
    expect(await claim(nobody.id, nobody.code)).toEqual({ ok: false, why: "wrong" });
    expect(await claim("otc_unknown", code)).toEqual({ ok: false, why: "wrong" });
  });

  it("is spent by five wrong ones, for somebody as for nobody", async () => {
    for (const userId of ["usr_1", null]) {
      const { id, code } = await make({ userId });
      const wrong = otherThan(code);
      const answers = [];
      for (let attempt = 0; attempt < 5; attempt++) answers.push(await claim(id, wrong));
      expect(answers.map((answer) => !answer.ok && answer.why)).toEqual(["wrong", "wrong", "wrong", "wrong", "spent"]);
      expect(await claim(id, code)).toEqual({ ok: false, why: "spent" });
      expect(await row(id)).toMatchObject({ attempts_left: 0, used_at: null });
    }
  });

  it("expires after ten minutes, and is forgotten later", async () => {
    const { id, code } = await make();
    clock.advance(codeLifeMs);
    expect(await claim(id, code)).toEqual({ ok: false, why: "expired" });
    clock.advance(codeLifeMs + 1);
    expect(await inTx(ctx, forgetExpiredCodes)).toBeGreaterThan(0);
    expect(await row(id)).toBeUndefined();
  });

  it("stays whole when what it opens is refused or fails", async () => {
    const { id, code } = await make();
    const claimed = { id, kind, code, browser: "b1" };
    expect(await claimCode(ctx, claimed, async () => ({ ok: false as const, why: "taken" }))).toEqual({
      ok: false,
      why: "taken",
    });
    await expect(claimCode(ctx, claimed, () => Promise.reject(new Error("lost")))).rejects.toThrow("lost");
    expect(await claim(id, code)).toMatchObject({ ok: true });
  });

  it("ends with the others of its user", async () => {
    const [mine, another] = [await make(), await make({ userId: "usr_2" })];
    await inTx(ctx, (tx) => endCodes(tx, "usr_1"));
    expect(await claim(mine.id, mine.code)).toEqual({ ok: false, why: "used" });
    expect(await claim(another.id, another.code)).toMatchObject({ ok: true });
  });

  it("cannot be read from the database, nor tried with what stands there", async () => {
    const { id, code } = await make();
    const stored = (await row(id))!;
    expect(JSON.stringify({ ...stored, id: "" })).not.toContain(code);
    const other: Ctx = { ...ctx, config: { ...ctx.config, secrets: ["another secret that is also long enough"] } };
    const attempt = { id, kind, code, browser: "b1" };
    expect(await claimCode(other, attempt, async () => ({ ok: true }))).toEqual({ ok: false, why: "wrong" });
    const rotated = { ...ctx, config: { ...ctx.config, secrets: [...other.config.secrets, ...ctx.config.secrets] } };
    expect(await claimCode(rotated, attempt, async () => ({ ok: true }))).toEqual({ ok: true });
  });
});
