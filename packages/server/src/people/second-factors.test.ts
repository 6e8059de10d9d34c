import { Buffer } from "node:buffer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ctx, inTx } from "../context.ts";
import { createSealer, type Sealer } from "../kernel/seal.ts";
import { query } from "../store/index.ts";
import { type ManualClock, manualClock } from "../testing/clock.ts";
import { databases } from "../testing/databases.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import {
  countRecoveryCodes,
  endHalfSignIns,
  enrolTotp,
  findSecondFactor,
  removeTotp,
  renewRecoveryCodes,
  takeRecoveryCode,
  takeTotpCode,
} from "./second-factors.ts";
import { describeTotp, findTotpStep, openTotpSecret, sealTotpSecret, stepAt, totpCode } from "./totp.ts";
import { acceptTotpStep } from "./totp-keys.sql.ts";

const secret = Buffer.from("12345678901234567890");

describe("a code", () => {
  it.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_111_111_111, "050471"],
    [1_234_567_890, "005924"],
    [2_000_000_000, "279037"],
    [20_000_000_000, "353130"],
  ])("is the one of RFC 6238 appendix B at %d", async (seconds, code) => {
    expect(await totpCode(secret, stepAt(seconds * 1000))).toBe(code);
    expect(await findTotpStep(secret, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  it("[S03] may be one step early or late, and of several that fit it is the latest", async () => {
    const now = 1_111_111_111_000;
    const steps = [-2, -1, 0, 1, 2].map(async (by) => {
      const found = await findTotpStep(secret, await totpCode(secret, stepAt(now) + by), now);
      return found === undefined ? undefined : found - stepAt(now);
    });
    expect(await Promise.all(steps)).toEqual([undefined, -1, 0, 1, undefined]);
  });

  it.each(["", " ", "28708", "2870822", "287082.0", "0x46176", "２８７０８３"])("is nothing like %j", async (typed) => {
    expect(await findTotpStep(secret, typed, 59_000)).toBeUndefined();
  });
});

describe("what an app reads", () => {
  it("names platform and account, with the key of 160 bits", async () => {
    const { uri, key } = await describeTotp(secret, "Acme: models & more", "maya@home");
    expect(key).toBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    const url = new URL(uri);
    expect([url.protocol, url.host]).toEqual(["otpauth:", "totp"]);
    expect(decodeURIComponent(url.pathname)).toBe("/Acme  models & more:maya@home");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      ...{ issuer: "Acme  models & more", secret: key, algorithm: "SHA1", digits: "6", period: "30" },
    });
  });
});

describe.each(databases)("a second factor on $name", ({ open }) => {
  let house: OpenCtx;
  let ctx: Ctx;
  let clock: ManualClock;
  let lasting: Sealer;
  let people = 0;

  beforeAll(async () => {
    clock = manualClock();
    house = await openCtx(open, { clock });
    ctx = house.ctx;
    lasting = createSealer({ secrets: ctx.config.secrets, issuer: "", epoch: "", random: ctx.random });
  });
  afterAll(() => house.close());

  const code = (by = 0) => totpCode(secret, stepAt(clock.now()) + by);
  const enrol = async (userId = `usr_${++people}`) => {
    const enrolled = await inTx(ctx, async (tx) => enrolTotp(tx, lasting, { userId, secret, code: await code(-1) }));
    if (!enrolled.ok) throw new Error(enrolled.why);
    const { stamp } = (await findSecondFactor(ctx, userId))!;
    return { userId, stamp, codes: enrolled.recoveryCodes };
  };
  const take = (tried: { userId: string; stamp: string; code: string }) =>
    inTx(ctx, (tx) => takeTotpCode(tx, lasting, tried));

  it("[S05] is kept sealed, for its owner alone", async () => {
    const sealed = sealTotpSecret(lasting, "usr_a", secret);
    expect(Buffer.from(openTotpSecret(lasting, "usr_a", sealed)!)).toEqual(secret);
    expect(openTotpSecret(lasting, "usr_b", sealed)).toBeUndefined();
    const { userId, codes } = await enrol();
    const rows = JSON.stringify([
      await query(ctx, (db) => db.selectFrom("totp_keys").selectAll().where("user_id", "=", userId)),
      await query(ctx, (db) => db.selectFrom("recovery_codes").selectAll().where("user_id", "=", userId)),
    ]);
    for (const text of [
      secret.toString(),
      secret.toString("base64"),
      secret.toString("hex"),
      codes[0]!,
      codes[0]!.replaceAll("-", ""),
    ]) {
      expect(rows.toLowerCase()).not.toContain(text.toLowerCase());
    }
  });

  it("is never a second one", async () => {
    const { userId } = await enrol();
    const again = await inTx(ctx, async (tx) => enrolTotp(tx, lasting, { userId, secret, code: await code() }));
    expect(again).toEqual({ ok: false, why: "enrolled" });
    expect(await countRecoveryCodes(ctx, userId)).toBe(10);
  });

  it("[S02] takes each step once, of 200 who come at once", async () => {
    const { userId, stamp } = await enrol();
    const step = stepAt(clock.now());
    const accept = () => inTx(ctx, (tx) => acceptTotpStep(tx, { userId, stamp, step }));
    const accepted = await Promise.all(Array.from({ length: 200 }, accept));
    expect(accepted.filter((row) => row !== undefined)).toHaveLength(1);
    clock.advance(30_000);
    expect(await take({ userId, stamp, code: await code(-1) })).toEqual({ verdict: "used" });
    expect(await take({ userId, stamp, code: await code() })).toEqual({ verdict: "right" });
  });

  it("[S04] takes each recovery code once, of 200 who come at once", async () => {
    const { userId, stamp, codes } = await enrol();
    const tries = Array.from({ length: 200 }, () =>
      inTx(ctx, (tx) => takeRecoveryCode(tx, { userId, stamp, code: codes[4]! })),
    );
    expect((await Promise.all(tries)).filter((verdict) => verdict === "right")).toHaveLength(1);
    expect(await countRecoveryCodes(ctx, userId)).toBe(9);
  });

  it("belongs to its user: nobody signs in by the codes of another", async () => {
    const [one, other] = [await enrol(), await enrol()];
    const crossed = { userId: one.userId, stamp: one.stamp, code: other.codes[0]! };
    expect(await inTx(ctx, (tx) => takeRecoveryCode(tx, crossed))).toBe("wrong");
    expect(await take({ userId: "usr_nobody", stamp: one.stamp, code: await code() })).toEqual({ verdict: "over" });
  });

  it("[S06] waits after five wrong codes, forgets them after a right one, and counts nothing for an old stamp", async () => {
    const { userId, stamp } = await enrol();
    const wrong = { userId, stamp, code: "000000" };
    for (let count = 0; count < 5; count++) expect(await take(wrong)).toEqual({ verdict: "wrong" });
    const right = async () => take({ userId, stamp, code: await code() });
    expect(await right()).toEqual({ verdict: "wait", milliseconds: 180_000 });
    expect(await take({ ...wrong, stamp: "another" })).toEqual({ verdict: "over" });
    clock.advance(179_999);
    expect(await right()).toEqual({ verdict: "wait", milliseconds: 1000 });
    clock.advance(1);
    expect(await right()).toEqual({ verdict: "right" });
    for (let count = 0; count < 5; count++) expect(await take(wrong)).toEqual({ verdict: "wrong" });
  });

  it("keeps an attempt that a rollback followed from being counted, and never a step", async () => {
    const { userId, stamp } = await enrol();
    const right = { userId, stamp, code: await code() };
    const undone = await inTx(ctx, async (tx) => {
      await takeTotpCode(tx, lasting, right);
      return { ok: false as const };
    });
    expect(undone.ok).toBe(false);
    expect(await take(right)).toEqual({ verdict: "right" });
  });

  it("[S07] is over for a sign-in that began before a first factor changed, codes were made anew, or it was removed", async () => {
    const { userId, stamp, codes } = await enrol();
    await inTx(ctx, (tx) => endHalfSignIns(tx, userId));
    expect(await take({ userId, stamp, code: await code() })).toEqual({ verdict: "over" });
    expect(await inTx(ctx, (tx) => takeRecoveryCode(tx, { userId, stamp, code: codes[0]! }))).toBe("over");
    const { stamp: second } = (await findSecondFactor(ctx, userId))!;
    const fresh = await inTx(ctx, (tx) => renewRecoveryCodes(tx, userId));
    expect(fresh).toHaveLength(10);
    expect(await take({ userId, stamp: second, code: await code() })).toEqual({ verdict: "over" });
    expect(await inTx(ctx, (tx) => removeTotp(tx, userId))).toBe(true);
    expect(await inTx(ctx, (tx) => removeTotp(tx, userId))).toBe(false);
    expect(await countRecoveryCodes(ctx, userId)).toBe(0);
    expect(await inTx(ctx, (tx) => renewRecoveryCodes(tx, userId))).toBeUndefined();
    const again = await enrol(userId);
    expect(again.stamp).not.toBe(stamp);
  });
});
