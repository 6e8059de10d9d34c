import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTx } from "../context.ts";
import { createSealer } from "../kernel/seal.ts";
import { query } from "../store/index.ts";
import { createAuthenticator, type Deviation, type PasskeyAlgorithm } from "../testing/authenticator.ts";
import type { Cbor } from "../testing/cbor.ts";
import { databases } from "../testing/databases.ts";
import { openCtx } from "../testing/open-ctx.ts";
import { setPassword } from "./credentials.ts";
import { passkeyAmr, relyingPartyOf } from "./passkey.ts";
import { createPasskeyChallenges, type PasskeyChallenges } from "./passkey-challenges.ts";
import { newPasskeyOptions, passkeySignInOptions } from "./passkey-options.ts";
import { proveNewPasskey, provePasskey } from "./passkey-proof.ts";
import { listPasskeys } from "./passkeys.sql.ts";
import { addPasskey, removePasskey, renamePasskey, usePasskey } from "./passkeys.ts";
import type { User } from "./user.ts";
import { createUser, setUserDisabled } from "./users.ts";

type Opened = Awaited<ReturnType<typeof openCtx>>;
type Authenticator = ReturnType<typeof createAuthenticator>;

const signIn = { purpose: "sign-in", browser: "a browser" } as const;
const algorithms: PasskeyAlgorithm[] = ["ES256", "EdDSA", "RS256"];

describe.each(databases)("passkeys on $name", ({ open }) => {
  let opened: Opened;
  let challenges: PasskeyChallenges;
  let maya: User;
  let kit: User;

  beforeAll(async () => {
    opened = await openCtx(open);
    const secrets = ["a secret of the tests, long enough for all"];
    const { random } = opened.ctx;
    challenges = createPasskeyChallenges(
      opened.ctx,
      createSealer({ secrets, issuer: opened.ctx.config.issuer, epoch: "", random }),
    );
    [maya, kit] = await Promise.all([person("maya"), person("kit")]);
  });
  afterAll(() => opened.close());

  async function person(username: string): Promise<User> {
    const user = { username, displayName: username, email: null, passwordHash: null, role: "user" as const };
    const created = await inTx(opened.ctx, (tx) => createUser(tx, user));
    if (!created.ok) throw new Error(created.why);
    return created.user;
  }

  const addingOf = (user: User) => ({ purpose: "add", sessionId: `session of ${user.id}`, userId: user.id }) as const;

  /** What an authenticator of this user makes, and whether it was believed. */
  async function make(user: User, authenticator: Authenticator, deviation: Deviation = {}) {
    const use = addingOf(user);
    const challenge = challenges.issue(use);
    const options = newPasskeyOptions(opened.ctx, { user, known: [], challenge })!;
    const json = authenticator.create(options, deviation);
    return { json, made: await proveNewPasskey(opened.ctx, challenges, use, json) };
  }

  async function add(user: User, authenticator: Authenticator) {
    const { made } = await make(user, authenticator);
    return addPasskey(opened.ctx, made!, "Passkey");
  }

  async function use(authenticator: Authenticator, deviation: Deviation = {}, key = authenticator.keys.at(-1)!) {
    const options = passkeySignInOptions(opened.ctx, challenges.issue(signIn))!;
    return provePasskey(opened.ctx, challenges, signIn, authenticator.get(options, deviation, key));
  }

  it.each(algorithms)("[W01] are made and used with %s, by whoever they belong to", async (algorithm) => {
    const authenticator = createAuthenticator({ algorithm });
    const added = await add(maya, authenticator);
    expect(added).toMatchObject({
      ok: true,
      passkey: { userId: maya.id, kind: "device", counter: 0, lastUsedAt: null },
    });
    const proof = await use(authenticator);
    expect(proof).toMatchObject({ user: { id: maya.id }, counter: 1, syncedAt: null });
    expect(await inTx(opened.ctx, (tx) => usePasskey(tx, proof!))).toMatchObject({
      ok: true,
      user: { id: maya.id },
      passkey: { counter: 1, lastUsedAt: opened.ctx.clock.now() },
    });
  });

  it("[W02][W10] are refused when anything about the making was otherwise than asked for", async () => {
    const certificate = new Map<string, Cbor>([
      ["alg", -7],
      ["sig", new Uint8Array(70)],
      ["x5c", new Uint8Array(9)],
    ]);
    const deviations: Deviation[] = [
      { origin: "https://id.acme.example.evil.example" },
      { origin: "http://id.acme.example" },
      { origin: "https://id.acme.example:8443" },
      { rpId: "acme.example" },
      { rpId: "evil.example" },
      { type: "webauthn.get" },
      { challenge: "AAAA" },
      { challenge: challenges.issue(addingOf(kit)) },
      { challenge: challenges.issue(signIn) },
      { crossOrigin: true },
      { present: false },
      { verified: false },
      { attestation: { format: "packed", statement: certificate } },
      { attestation: { format: "fido-u2f", statement: certificate } },
      { attestation: { format: "none", statement: certificate } },
      { attestation: { format: "anything", statement: new Map() } },
    ];
    const before = await rows();
    for (const deviation of deviations) {
      const { made } = await make(maya, createAuthenticator(), deviation);
      expect(made, JSON.stringify(deviation)).toBeUndefined();
    }
    for (const json of ["", "{}", "null", "[", "x".repeat(60_000)]) {
      expect(await proveNewPasskey(opened.ctx, challenges, addingOf(maya), json)).toBeUndefined();
    }
    expect(await rows()).toBe(before);
  });

  it("[W02] are refused when anything about the use was otherwise than asked for", async () => {
    const [authenticator, other] = [createAuthenticator(), createAuthenticator()];
    await add(maya, authenticator);
    await add(kit, other);
    const [own, foreign] = [authenticator.keys[0]!, other.keys[0]!];
    const deviations: Deviation[] = [
      { origin: "https://id.acme.example.evil.example" },
      { origin: "https://sub.id.acme.example" },
      { rpId: "evil.example" },
      { type: "webauthn.create" },
      { challenge: "AAAA" },
      { challenge: challenges.issue({ purpose: "sign-in", browser: "another browser" }) },
      { challenge: challenges.issue(addingOf(maya)) },
      { crossOrigin: true },
      { present: false },
      { verified: false },
      { synced: true },
      { userHandle: foreign.userHandle },
      { userHandle: undefined },
      { signer: foreign },
    ];
    for (const deviation of deviations) {
      expect(await use(authenticator, deviation, own), JSON.stringify(deviation)).toBeUndefined();
    }
    expect(await use(other, { userHandle: own.userHandle })).toBeUndefined();
    expect(await use(authenticator, {}, { ...own, id: foreign.id })).toBeUndefined();
    const stranger = createAuthenticator();
    stranger.create({ challenge: "AAAA", user: { id: own.userHandle } });
    expect(await use(stranger)).toBeUndefined();
    expect(await use(authenticator)).toMatchObject({ user: { id: maya.id } });
  });

  it("[W03] a challenge is good once, for five minutes, and for whom it was given", async () => {
    const authenticator = createAuthenticator();
    const { json, made } = await make(maya, authenticator);
    expect(await proveNewPasskey(opened.ctx, challenges, addingOf(kit), json)).toBeUndefined();
    expect(
      await proveNewPasskey(opened.ctx, challenges, { ...addingOf(maya), sessionId: "later" }, json),
    ).toBeUndefined();
    expect(await addPasskey(opened.ctx, made!, "Passkey")).toMatchObject({ ok: true });
    expect(await addPasskey(opened.ctx, made!, "Passkey")).toEqual({ ok: false, why: "challenge" });
    expect(await proveNewPasskey(opened.ctx, challenges, addingOf(maya), json)).toBeUndefined();

    const late = await make(maya, createAuthenticator());
    clock().advance(300_000);
    expect(await proveNewPasskey(opened.ctx, challenges, addingOf(maya), late.json)).toBeUndefined();

    const proof = await use(authenticator);
    expect(await inTx(opened.ctx, (tx) => usePasskey(tx, proof!))).toMatchObject({ ok: true });
    expect(await inTx(opened.ctx, (tx) => usePasskey(tx, proof!))).toEqual({ ok: false, why: "challenge" });

    const waiting = challenges.issue(signIn);
    clock().advance(1_800_000 - 1);
    expect(await challenges.open(signIn, waiting)).toBeDefined();
    clock().advance(1);
    expect(await challenges.open(signIn, waiting)).toBeUndefined();
  });

  it("[W05] a counter that went back is that of a copy, and signs nobody in; copies of a synced key count as they like", async () => {
    const device = createAuthenticator();
    await add(maya, device);
    await expectUse(device, { counter: 7 }, { ok: true });
    for (const counter of [7, 6, 1, 0]) await expectUse(device, { counter }, { ok: false, why: "counter" });
    await expectUse(device, { counter: 8 }, { ok: true });

    const cloud = createAuthenticator({ synced: true });
    await add(maya, cloud);
    for (const counter of [7, 3, 3, 0]) await expectUse(cloud, { counter }, { ok: true });

    const silent = createAuthenticator({ counts: false });
    await add(maya, silent);
    for (let time = 0; time < 3; time++) await expectUse(silent, { counter: 0 }, { ok: true });
  });

  async function expectUse(authenticator: Authenticator, deviation: Deviation, verdict: object) {
    const proof = await use(authenticator, deviation);
    expect(await inTx(opened.ctx, (tx) => usePasskey(tx, proof!)), JSON.stringify(deviation)).toMatchObject(verdict);
  }

  it("[W06] what is removed or disabled signs in no more, not even by a proof made before", async () => {
    const lea = await person("lea");
    const authenticator = createAuthenticator();
    const added = await add(lea, authenticator);
    if (!added.ok) throw new Error(added.why);
    const before = await use(authenticator);
    await setHash(lea.id);
    expect(await remove(kit.id, added.passkey.id)).toEqual({ ok: false, why: "unknown" });
    expect(await remove(lea.id, added.passkey.id)).toMatchObject({ ok: true, passkey: { id: added.passkey.id } });
    expect(await remove(lea.id, added.passkey.id)).toEqual({ ok: false, why: "unknown" });
    expect(await inTx(opened.ctx, (tx) => usePasskey(tx, before!))).toEqual({ ok: false, why: "unknown" });
    expect(await use(authenticator)).toBeUndefined();

    const other = createAuthenticator();
    await add(lea, other);
    const proven = await use(other);
    await inTx(opened.ctx, (tx) => setUserDisabled(tx, lea.id, true));
    expect(await use(other)).toBeUndefined();
    expect(await inTx(opened.ctx, (tx) => usePasskey(tx, proven!))).toEqual({ ok: false, why: "unknown" });
  });

  it("are not removed when nothing else is left to sign in with", async () => {
    const ada = await person("ada");
    const [first, second] = [await add(ada, createAuthenticator()), await add(ada, createAuthenticator())];
    if (!first.ok || !second.ok) throw new Error("two passkeys were expected");
    expect(await remove(ada.id, first.passkey.id)).toMatchObject({ ok: true });
    expect(await remove(ada.id, second.passkey.id)).toEqual({ ok: false, why: "last" });
    expect(await listPasskeys(opened.ctx, ada.id)).toHaveLength(1);
    await setHash(ada.id);
    expect(await remove(ada.id, second.passkey.id)).toMatchObject({ ok: true });
  });

  const setHash = (userId: string) =>
    inTx(opened.ctx, (tx) => setPassword(tx, { userId, hash: "a hash", seen: null, keepSession: undefined }));
  const remove = (userId: string, id: string) => inTx(opened.ctx, (tx) => removePasskey(tx, { id, userId }));

  it("are several for each user, told apart by name, and no authenticator's twice", async () => {
    const noor = await person("noor");
    const authenticators = [createAuthenticator(), createAuthenticator(), createAuthenticator()];
    for (const authenticator of authenticators) await add(noor, authenticator);
    const own = await listPasskeys(opened.ctx, noor.id);
    expect(own.map(({ name }) => name)).toEqual(["iCloud Keychain", "iCloud Keychain 2", "iCloud Keychain 3"]);
    expect(own.map(({ transports }) => transports)).toEqual(own.map(() => ["hybrid", "internal"]));
    const options = newPasskeyOptions(opened.ctx, { user: noor, known: own, challenge: "c" })!;
    expect(options.excludeCredentials?.map(({ id }) => id)).toEqual(authenticators.map(({ keys }) => keys[0]!.id));
    const [first] = own;
    const named = await inTx(opened.ctx, (tx) => renamePasskey(tx, { id: first!.id, userId: noor.id, name: "phone" }));
    expect(named?.name).toBe("phone");
    expect(
      await inTx(opened.ctx, (tx) => renamePasskey(tx, { id: first!.id, userId: kit.id, name: "x" })),
    ).toBeUndefined();
    const known = { ...(await make(noor, createAuthenticator())).made! };
    const again = { ...known, passkey: { ...known.passkey, credentialId: first!.credentialId } };
    expect(await addPasskey(opened.ctx, again, "Passkey")).toEqual({ ok: false, why: "known" });
    // A refusal spends nothing.
    expect(await addPasskey(opened.ctx, known, "Passkey")).toMatchObject({ ok: true });
  });

  it("has an end to how many", async () => {
    const zoe = await person("zoe");
    let last: object = { ok: true };
    for (let count = 0; count < 26; count++) last = await add(zoe, createAuthenticator());
    expect(last).toEqual({ ok: false, why: "too_many" });
    expect(await listPasskeys(opened.ctx, zoe.id)).toHaveLength(25);
  });

  const rows = async () => (await query(opened.ctx, (db) => db.selectFrom("passkeys").select("id"))).length;
  const clock = () => opened.ctx.clock as unknown as { advance(milliseconds: number): void };
});

describe("what a passkey is bound to", () => {
  it("is the name of the platform's host, and no address of numbers", () => {
    expect(relyingPartyOf("https://id.acme.example")).toBe("id.acme.example");
    expect(relyingPartyOf("http://localhost:8976")).toBe("localhost");
    expect(relyingPartyOf("http://127.0.0.1:8976")).toBeUndefined();
    expect(relyingPartyOf("http://[::1]:8976")).toBeUndefined();
  });

  it("says whether it may be copied, and that it stands for two factors", () => {
    expect(passkeyAmr("device")).toEqual(["hwk", "user", "mfa"]);
    expect(passkeyAmr("synced")).toEqual(["swk", "user", "mfa"]);
  });
});
