import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Ctx, inTx } from "../context.ts";
import { createChanges } from "../events/index.ts";
import { createSealer } from "../kernel/seal.ts";
import { openStore, query } from "../store/index.ts";
import { type ManualClock, manualClock } from "../testing/clock.ts";
import { databases } from "../testing/databases.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import {
  generateSigningKey,
  type Keyring,
  openKeyring,
  rotateOldKeys,
  rotateSigningKey,
  type SigningAlg,
} from "./index.ts";

const minute = 60_000;
const oldSecret = "the secret of last year, long enough";
const newSecret = "the secret of this year, long enough";

const lastingUnder = (ctx: Ctx, ...secrets: string[]) =>
  createSealer({ secrets, issuer: "", epoch: "", random: ctx.random });

const kidsOf = (keyring: Keyring) => (JSON.parse(keyring.publicJwks()) as JSONWebKeySet).keys.map((key) => key.kid);
const signedBy = (keyring: Keyring, alg: SigningAlg) => decodeProtectedHeader(keyring.signJwt(alg, "JWT", {})).kid;

describe.each(databases)("the keyring on $name", ({ open }) => {
  let clock: ManualClock;
  let house: OpenCtx;
  let ctx: Ctx;
  let keyring: Keyring;
  const rotate = async (alg: SigningAlg, options: { now?: boolean } = {}) => {
    const key = await generateSigningKey(alg);
    const { kid } = await inTx(ctx, (tx) => rotateSigningKey(tx, lastingUnder(ctx, oldSecret), key, options));
    await keyring.reload();
    return kid;
  };

  beforeEach(async () => {
    clock = manualClock();
    house = await openCtx(open, { clock });
    ctx = { ...house.ctx, changes: createChanges() };
    keyring = await openKeyring(ctx, lastingUnder(ctx, oldSecret));
  });
  afterEach(() => house.close());

  it("has the same keys after a restart, and in a process that starts at the same time", async () => {
    const second = await openStore({ url: house.url, clock, random: ctx.random });
    const keyrings = await Promise.all(
      [ctx, { ...ctx, db: second.db }].map((each) => openKeyring(each, lastingUnder(ctx, oldSecret))),
    );
    for (const other of keyrings) expect(other.publicJwks()).toBe(keyring.publicJwks());
    await second.close();
  });

  describe("[R15] a signing key", () => {
    it("publishes a new key at once and signs with it after every cache has seen it", async () => {
      const before = signedBy(keyring, "ES256");
      const kid = await rotate("ES256");
      expect(kidsOf(keyring)).toContain(kid);
      clock.advance(10 * minute - 1);
      expect(signedBy(keyring, "ES256")).toBe(before);
      clock.advance(1);
      expect(signedBy(keyring, "ES256")).toBe(kid);
      expect(kidsOf(keyring)).toContain(before);
    });

    it("stores private parts encrypted", async () => {
      const rows = await query(ctx, (db) => db.selectFrom("signing_keys").selectAll());
      expect(rows).toHaveLength(2);
      for (const row of rows) {
        expect(row.public_jwk).not.toMatch(/"(d|p|q|dp|dq|qi)"/);
        expect(lastingUnder(ctx, oldSecret).open("signing_key", row.private_sealed)).toBeDefined();
        expect(lastingUnder(ctx, newSecret).open("signing_key", row.private_sealed)).toBeUndefined();
      }
    });
  });

  describe("[F11] the key set", () => {
    it("keeps the old key for the longest token life after its successor began to sign, then drops it", async () => {
      const before = signedBy(keyring, "RS256")!;
      const jwt = keyring.signJwt("RS256", "JWT", { sub: "usr_1" });
      await rotate("RS256", { now: true });
      clock.advance(60 * minute);
      const keySet = createLocalJWKSet(JSON.parse(keyring.publicJwks()));
      expect((await jwtVerify(jwt, keySet)).payload.sub).toBe("usr_1");
      clock.advance(10 * minute);
      expect(kidsOf(keyring)).not.toContain(before);
    });

    it("shows no private member and no kid twice", async () => {
      await rotate("ES256");
      await rotate("RS256");
      const { keys } = JSON.parse(keyring.publicJwks()) as JSONWebKeySet;
      expect(new Set(keys.map((key) => key.kid)).size).toBe(4);
      const names = new Set(keys.flatMap((key) => Object.keys(key)));
      expect([...names].sort()).toEqual(["alg", "crv", "e", "kid", "kty", "n", "use", "x", "y"]);
    });
  });

  describe("a key that has grown old", () => {
    const day = 24 * 60 * minute;
    const tidy = (each: Ctx = ctx) => rotateOldKeys(each, lastingUnder(ctx, oldSecret));

    it("[R15] is followed by one that is published before it signs", async () => {
      const before = signedBy(keyring, "ES256");
      clock.advance(90 * day - 1);
      await tidy();
      await keyring.reload();
      expect(kidsOf(keyring)).toHaveLength(2);
      clock.advance(1);
      await tidy();
      await keyring.reload();
      expect(kidsOf(keyring)).toHaveLength(4);
      expect(signedBy(keyring, "ES256")).toBe(before);
      clock.advance(10 * minute);
      expect(signedBy(keyring, "ES256")).not.toBe(before);
      const audit = await query(ctx, (db) =>
        db.selectFrom("audit_log").selectAll().where("action", "=", "signing_key.rotated"),
      );
      expect(audit).toHaveLength(2);
    });

    it("[F11] stays published until the last token it signed has expired", async () => {
      const before = signedBy(keyring, "RS256")!;
      clock.advance(90 * day);
      await tidy();
      await keyring.reload();
      clock.advance(10 * minute - 1);
      const jwt = keyring.signJwt("RS256", "JWT", { sub: "usr_1" });
      expect(decodeProtectedHeader(jwt).kid).toBe(before);
      clock.advance(60 * minute);
      const keySet = createLocalJWKSet(JSON.parse(keyring.publicJwks()));
      expect((await jwtVerify(jwt, keySet)).payload.sub).toBe("usr_1");
      clock.advance(10 * minute + 1);
      expect(kidsOf(keyring)).not.toContain(before);
      expect(await keyring.verifyJwt("JWT", jwt)).toEqual({ sub: "usr_1" });
    });

    it("has one successor, however many processes look at it at the same time, and however often", async () => {
      const second = await openStore({ url: house.url, clock, random: ctx.random });
      clock.advance(91 * day);
      const everybody = [ctx, { ...ctx, db: second.db }];
      await Promise.all([...everybody, ...everybody, ...everybody].map(tidy));
      await tidy();
      const rows = await query(ctx, (db) => db.selectFrom("signing_keys").select("alg"));
      expect(rows.map(({ alg }) => alg).sort()).toEqual(["ES256", "ES256", "RS256", "RS256"]);
      await second.close();
    });

    it("is left alone where the operator rotates by command", async () => {
      clock.advance(1000 * day);
      await tidy({ ...ctx, config: { ...ctx.config, signingKeys: { rotateAfterDays: 0 } } });
      await keyring.reload();
      expect(kidsOf(keyring)).toHaveLength(2);
      await rotate("ES256");
      await tidy();
      await keyring.reload();
      expect(kidsOf(keyring)).toHaveLength(4);
    });
  });

  it("hears of a rotation by another process", async () => {
    const key = await generateSigningKey("ES256");
    const { kid } = await inTx(house.ctx, (tx) => rotateSigningKey(tx, lastingUnder(ctx, oldSecret), key));
    expect(kidsOf(keyring)).not.toContain(kid);
    ctx.changes.apply({ kind: "signing_key", subjectId: kid });
    await expect.poll(() => kidsOf(keyring)).toContain(kid);
  });

  it("tries again when the keys could not be read", async () => {
    const key = await generateSigningKey("ES256");
    const broken = await openStore({ url: house.url, clock, random: ctx.random });
    const failing = { ...ctx, db: broken.db, changes: createChanges() };
    const other = await openKeyring(failing, lastingUnder(ctx, oldSecret));
    const { kid } = await inTx(ctx, (tx) => rotateSigningKey(tx, lastingUnder(ctx, oldSecret), key));
    failing.db = { ...broken.db, query: () => Promise.reject(new Error("lost")) };
    failing.changes.apply({ kind: "signing_key", subjectId: kid });
    await new Promise((resolve) => setImmediate(resolve));
    failing.db = broken.db;
    await expect.poll(() => kidsOf(other)).toContain(kid);
    await broken.close();
  });

  it("forgets what is no longer published when the next key is made", async () => {
    const before = signedBy(keyring, "ES256");
    await rotate("ES256", { now: true });
    clock.advance(70 * minute);
    await rotate("ES256");
    const rows = await query(ctx, (db) => db.selectFrom("signing_keys").select("id").where("alg", "=", "ES256"));
    expect(rows).toHaveLength(2);
    expect(rows.map((row) => row.id)).not.toContain(before);
  });

  it("seals its keys under the newest secret, so that the former one can be left out", async () => {
    const changing = { ...ctx, config: { ...ctx.config, secrets: [newSecret, oldSecret] } };
    await openKeyring(changing, lastingUnder(ctx, newSecret, oldSecret));
    const after = await openKeyring(ctx, lastingUnder(ctx, newSecret));
    expect(after.publicJwks()).toBe(keyring.publicJwks());
  });
});
