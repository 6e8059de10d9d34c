import { Buffer } from "node:buffer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ctx, inTx } from "../context.ts";
import { createSealer } from "../kernel/seal.ts";
import { query } from "../store/index.ts";
import { manualClock } from "../testing/clock.ts";
import { databases } from "../testing/databases.ts";
import { openCtx } from "../testing/open-ctx.ts";
import { createKeyNonces, type KeyNonces } from "./key-nonces.ts";
import { type KeyProof, proveKey } from "./key-proof.ts";
import { publicKeyOf, signWith } from "./key-schemes.ts";
import { findSession, startSession } from "./sessions.ts";
import { listSignatureKeys, touchSignatureKey } from "./signature-keys.sql.ts";
import { findKeyUser, keyName, linkProvenKey, unlinkKey } from "./signature-keys.ts";
import type { User } from "./user.ts";
import { createUser, setUserDisabled } from "./users.ts";

describe.each(databases)("linked keys on $name", ({ open }) => {
  const clock = manualClock();
  let ctx: Ctx;
  let nonces: KeyNonces;
  let close: () => Promise<void>;
  let maya: User;
  let kit: User;
  let seeds = 0;

  beforeAll(async () => {
    ({ ctx, close } = await openCtx(open, { clock }));
    const secrets = ["a secret of the tests, long enough for all"];
    nonces = createKeyNonces(
      ctx,
      createSealer({ secrets, issuer: "https://id.acme.example", epoch: "", random: ctx.random }),
    );
    [maya, kit] = [await addUser("maya"), await addUser("kit")];
  });
  afterAll(() => close());

  async function addUser(username: string): Promise<User> {
    const wanted = { username, displayName: username, email: null, passwordHash: null, role: "user" as const };
    const created = await inTx(ctx, (tx) => createUser(tx, wanted));
    if (!created.ok) throw new Error(created.why);
    return created.user;
  }

  const newSeed = () => new Uint8Array(32).fill(++seeds);

  /** Links the key of this seed, as its holder in this account would. */
  async function link(user: User, seed: Uint8Array, name = "laptop") {
    const use = { purpose: "link-key" as const, account: user };
    const challenge = (await nonces.open(use, nonces.issue(use).nonce))!;
    const proof = await prove(seed, challenge.text);
    return linkProvenKey(ctx, { userId: user.id, name, proof: proof!, challenge });
  }

  async function prove(seed: Uint8Array, text: string, linkedOnly = false): Promise<KeyProof | undefined> {
    const hotkey = Buffer.from(await publicKeyOf("ed25519", seed)).toString("hex");
    const signature = Buffer.from(await signWith("ed25519", seed, Buffer.from(text))).toString("hex");
    return proveKey(ctx, { hotkey, signature, text }, { linkedOnly });
  }

  async function linked(user: User, seed: Uint8Array): Promise<string> {
    const verdict = await link(user, seed);
    if (!verdict.ok) throw new Error(verdict.why);
    return verdict.key.id;
  }

  it("belong to one account, and their signatures tell whose they are", async () => {
    const seed = newSeed();
    expect((await prove(seed, "a text"))?.owner).toBeUndefined();
    expect(await prove(seed, "a text", true)).toBeUndefined();
    const id = await linked(maya, seed);
    for (const linkedOnly of [false, true]) {
      expect((await prove(seed, "a text", linkedOnly))?.owner).toMatchObject({ key: { id }, user: { id: maya.id } });
    }
    expect(await link(kit, seed)).toEqual({ ok: false, why: "taken" });
    expect(await link(maya, seed)).toEqual({ ok: false, why: "linked" });
    expect((await prove(seed, "a text"))?.owner?.user.id).toBe(maya.id);
    expect(await listSignatureKeys(ctx, kit.id)).toEqual([]);
  });

  it("act for nobody while their account is disabled", async () => {
    const noor = await addUser("noor");
    const seed = newSeed();
    const id = await linked(noor, seed);
    await inTx(ctx, (tx) => setUserDisabled(tx, noor.id, true));
    expect([await findKeyUser(ctx, id), (await prove(seed, "a text"))?.owner]).toEqual([undefined, undefined]);
    await inTx(ctx, (tx) => setUserDisabled(tx, noor.id, false));
    expect((await findKeyUser(ctx, id))?.id).toBe(noor.id);
  });

  it("note once a minute when they were last used", async () => {
    const id = await linked(maya, newSeed());
    const used = async () => (await listSignatureKeys(ctx, maya.id)).find((key) => key.id === id)!.lastUsedAt;
    const first = clock.now();
    for (const wait of [0, 59_000]) {
      clock.advance(wait);
      await inTx(ctx, (tx) => touchSignatureKey(tx, id));
      expect(await used()).toBe(first);
    }
    clock.advance(2000);
    await inTx(ctx, (tx) => touchSignatureKey(tx, id));
    expect(await used()).toBe(clock.now());
  });

  it("[U07] stay where they are the last way in: for one too many, and for two at once", async () => {
    const only = await addUser("rosa");
    const first = await linked(only, newSeed());
    const unlink = (keyId: string) => inTx(ctx, (tx) => unlinkKey(tx, { userId: only.id, keyId }));
    expect(await unlink(first)).toEqual({ ok: false, why: "last" });
    const second = await linked(only, newSeed());
    const verdicts = await Promise.all([unlink(first), unlink(second)]);
    expect(verdicts.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await listSignatureKeys(ctx, only.id)).toHaveLength(1);
  });

  it("go with the sessions they began, but for the one in which that is done, and those of passwords", async () => {
    const id = await linked(maya, newSeed());
    const begin = (user: User, amr: string) =>
      inTx(ctx, (tx) => startSession(tx, user, { amr: [amr], userAgent: null }));
    const [own, lost, password, kits] = [
      await begin(maya, "pop"),
      await begin(maya, "pop"),
      await begin(maya, "pwd"),
      await begin(kit, "pop"),
    ];
    expect(await inTx(ctx, (tx) => unlinkKey(tx, { userId: kit.id, keyId: id }))).toEqual({
      ok: false,
      why: "unknown",
    });
    expect(await findSession(ctx, lost.token)).toBeDefined();
    await inTx(ctx, (tx) => unlinkKey(tx, { userId: maya.id, keyId: id, keepSession: own.session.id }));
    expect(await findSession(ctx, lost.token)).toBeUndefined();
    for (const { token } of [own, password, kits]) expect(await findSession(ctx, token)).toBeDefined();
    expect(await inTx(ctx, (tx) => unlinkKey(tx, { userId: maya.id, keyId: id }))).toEqual({
      ok: false,
      why: "unknown",
    });
    const lines = await query(ctx, (db) =>
      db.selectFrom("audit_log").select(["action", "actor_id"]).where("subject_id", "=", id).orderBy("id"),
    );
    expect(lines).toEqual([
      { action: "hotkey.linked", actor_id: maya.id },
      { action: "hotkey.unlinked", actor_id: maya.id },
    ]);
  });

  it("are fifty at most, and a refusal spends no nonce", async () => {
    const collector = await addUser("collector");
    for (let each = 0; each < 50; each++) await linked(collector, newSeed());
    const before = await query(ctx, (db) => db.selectFrom("once").selectAll());
    expect(await link(collector, newSeed())).toEqual({ ok: false, why: "too_many" });
    expect(await query(ctx, (db) => db.selectFrom("once").selectAll())).toEqual(before);
  });
});

describe("the name of a key", () => {
  it("is one line of 64 characters at most", () => {
    expect(keyName.parse("  laptop ")).toBe("laptop");
    for (const name of ["", "   ", "two\nlines", "x".repeat(65), "\0", "‮evil"]) {
      expect(keyName.safeParse(name).success, JSON.stringify(name)).toBe(false);
    }
  });
});
