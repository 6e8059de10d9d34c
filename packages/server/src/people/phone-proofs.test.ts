import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Ctx, inTx } from "../context.ts";
import { createSealer, type Sealer } from "../kernel/seal.ts";
import { openStore, type Store } from "../store/index.ts";
import { type ManualClock, manualClock } from "../testing/clock.ts";
import { databases } from "../testing/databases.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import { createPhoneProofs, createUser, findUser, type PhoneOwner, type PhoneProofs } from "./index.ts";
import type { PhoneStart, PhoneVerifier } from "./phone-verifier.ts";

const number = "+4915112345678";
const other = "+819012345678";
const right = "493817";
const day = 86_400_000;
const service = {
  kind: "verify" as const,
  baseUrl: "https://verify.example",
  serviceId: "VA1",
  username: "AC1",
  password: "x",
};

describe.each(databases)("proving a phone number on $name", ({ open }) => {
  let opened: OpenCtx;
  let clock: ManualClock;
  let second: Store;
  let ctx: Ctx;
  let sealer: Sealer;
  /** The same platform in two processes. */
  let verifier: PhoneVerifier;
  let proofs: PhoneProofs;
  let elsewhere: PhoneProofs;
  let maya: PhoneOwner;
  let sent: string[];
  let checks: number;
  let start: PhoneStart;

  beforeEach(async () => {
    clock = manualClock();
    opened = await openCtx(open, { clock });
    ctx = opened.ctx;
    second = await openStore({ url: opened.url, clock, random: ctx.random });
    const { config, random } = ctx;
    sealer = createSealer({ secrets: config.secrets, issuer: config.issuer, epoch: "1", random });
    [sent, checks, start] = [[], 0, { ok: true, reference: "VE1" }];
    // A provider with no counts of its own: what holds here, holds by ours.
    verifier = {
      start: async (to) => {
        sent.push(to);
        return start;
      },
      check: async (_, code) => {
        checks += 1;
        return code === right ? { ok: true } : { ok: false, why: "wrong" };
      },
    };
    proofs = createPhoneProofs(ctx, sealer, verifier);
    elsewhere = createPhoneProofs({ ...ctx, db: second.db }, sealer, verifier);
    maya = { userId: await add("maya"), sessionId: "a session" };
  });
  afterEach(async () => {
    await second.close();
    await opened.close();
  });

  const add = async (username: string): Promise<string> => {
    const wanted = { username, displayName: username, email: null, passwordHash: null, role: "user" as const };
    const made = await inTx(ctx, (tx) => createUser(tx, wanted));
    if (!made.ok) throw new Error(made.why);
    return made.user.id;
  };
  const ask = async (owner = maya, to = number): Promise<string> => {
    const verdict = await proofs.send(owner, to, "en");
    if (!verdict.ok) throw new Error(verdict.why);
    return verdict.ticket;
  };
  const why = (verdict: { ok: true } | { ok: false; why: string }) => (verdict.ok ? "ok" : verdict.why);
  const phoneOf = async ({ userId }: PhoneOwner) => (await findUser(ctx, userId))!.phone;
  /** As many in each process. */
  const storm = async (ticket: string, codes: string[]) =>
    (
      await Promise.all([proofs, elsewhere].flatMap((each) => codes.map((code) => each.confirm(maya, ticket, code))))
    ).map(why);

  it("[Z05] works once", async () => {
    const ticket = await ask();
    expect(ticket).not.toContain(number.slice(1));
    expect(proofs.look(maya, ticket)).toEqual({ number, revealed: undefined });
    expect(why(await proofs.confirm(maya, ticket, "４９３ ８１７"))).toBe("ok");
    expect(await phoneOf(maya)).toBe(number);
    expect(why(await proofs.confirm(maya, ticket, right))).toBe("dead");
  });

  it("[Z05] works once for forty at once, in two processes", async () => {
    const ticket = await ask();
    const answers = await storm(ticket, Array<string>(20).fill(right));
    expect(answers.filter((answer) => answer === "ok")).toHaveLength(1);
    expect(answers.filter((answer) => answer === "dead")).toHaveLength(39);
    expect(checks).toBeLessThanOrEqual(5);
  });

  it("[Z05] is tried five times and no more, however many try the last time at once", async () => {
    const ticket = await ask();
    for (let attempt = 0; attempt < 4; attempt++)
      expect(why(await proofs.confirm(maya, ticket, "000000"))).toBe("wrong");
    const answers = await storm(ticket, Array<string>(20).fill("000000"));
    expect(new Set(answers)).toEqual(new Set(["dead"]));
    expect(checks).toBe(5);
    expect(why(await proofs.confirm(maya, ticket, right))).toBe("dead");
    expect([checks, await phoneOf(maya)]).toEqual([5, null]);
  });

  it("[Z05] is nobody else's, in no other session, and not for longer than ten minutes", async () => {
    const ticket = await ask();
    const kit = { userId: await add("kit"), sessionId: maya.sessionId };
    for (const owner of [kit, { ...maya, sessionId: "another" }]) {
      expect(proofs.look(owner, ticket)).toBeUndefined();
      expect(why(await proofs.confirm(owner, ticket, right))).toBe("dead");
    }
    clock.advance(10 * 60_000 - 1);
    expect(proofs.look(maya, ticket)).toBeDefined();
    clock.advance(1);
    expect(proofs.look(maya, ticket)).toBeUndefined();
    expect(why(await proofs.confirm(maya, ticket, right))).toBe("dead");
    for (const forged of [undefined, "", "x", `${ticket.slice(0, -2)}AA`, "x".repeat(10_000)]) {
      expect(why(await proofs.confirm(maya, forged, right))).toBe("dead");
    }
    expect([checks, await phoneOf(maya), await phoneOf(kit)]).toEqual([0, null, null]);
  });

  it("does not count what cannot be a code", async () => {
    const ticket = await ask();
    for (const typed of ["", "abc", "12", "1".repeat(11), "12345\u0000", "x".repeat(100_000)]) {
      expect(why(await proofs.confirm(maya, ticket, typed))).toBe("wrong");
    }
    expect(checks).toBe(0);
    expect(why(await proofs.confirm(maya, ticket, right))).toBe("ok");
  });

  it("[Z06] sends a user five messages a day, to whatever numbers and from however many processes", async () => {
    const asked = Array.from({ length: 20 }, (_, index) => `+491511234567${index % 10}`);
    const verdicts = await Promise.all(asked.map((to, index) => (index % 2 ? proofs : elsewhere).send(maya, to, "en")));
    expect(verdicts.filter(({ ok }) => ok)).toHaveLength(5);
    expect(new Set(verdicts.map(why))).toEqual(new Set(["ok", "limit"]));
    expect(sent).toHaveLength(5);
    clock.advance(day);
    expect(why(await proofs.send(maya, number, "en"))).toBe("ok");
  });

  it("[Z06] sends ten messages a day to a number, and a user that met this limit has lost nothing", async () => {
    for (const name of ["one", "two"]) {
      const owner = { userId: await add(name), sessionId: name };
      for (let count = 0; count < 5; count++) await ask(owner);
    }
    expect(why(await proofs.send(maya, number, "en"))).toBe("limit");
    expect(sent).toHaveLength(10);
    for (let count = 0; count < 5; count++) await ask(maya, other);
  });

  it("[Z06] counts what the provider refused: nobody knows what it cost", async () => {
    start = { ok: false, why: "unavailable" };
    const verdicts = [];
    for (let count = 0; count < 6; count++) verdicts.push(why(await proofs.send(maya, number, "en")));
    expect(verdicts).toEqual([...Array<string>(5).fill("unavailable"), "limit"]);
    expect(sent).toHaveLength(5);
  });

  it("[Z06] sends all accounts together so many messages an hour, from however many processes", async () => {
    const told: string[] = [];
    const warn = (...words: unknown[]) => void told.push(JSON.stringify(words));
    const phone = { ...service, messagesPerHour: 12 };
    const crowded = { ...ctx, config: { ...ctx.config, phone }, log: { debug: warn, info: warn, warn, error: warn } };
    const [one, two] = [crowded, { ...crowded, db: second.db }].map((each) =>
      createPhoneProofs(each, sealer, verifier),
    );
    const people = await Promise.all(Array.from({ length: 24 }, (_, index) => add(`guest${index}`)));
    const send = (userId: string, index: number) =>
      (index % 2 ? one! : two!).send({ userId, sessionId: userId }, `+49151123456${index + 10}`, "en");
    const verdicts = (await Promise.all(people.map(send))).map(why);
    expect(verdicts.toSorted()).toEqual([...Array<string>(12).fill("crowded"), ...Array<string>(12).fill("ok")]);
    expect(sent).toHaveLength(12);
    for (const index of [verdicts.indexOf("ok"), 22, 23])
      expect(why(await send(people[index]!, index))).toBe("crowded");
    // Each process once, and of nobody.
    expect(told).toHaveLength(2);
    expect(told.join()).not.toContain("49151");
    clock.advance(3_600_000);
    // Who was refused has lost nothing of his own five.
    const refused = verdicts.indexOf("crowded");
    for (let count = 0; count < 5; count++) expect(why(await send(people[refused]!, refused))).toBe("ok");
    expect(why(await send(people[refused]!, refused))).toBe("limit");
  });

  it("[Z03] comes too late where somebody else was faster", async () => {
    const kit = { userId: await add("kit"), sessionId: "kit's" };
    const [mine, hers] = [await ask(kit), await ask()];
    expect(why(await proofs.confirm(kit, mine, right))).toBe("ok");
    expect(why(await proofs.confirm(maya, hers, right))).toBe("taken");
    expect([await phoneOf(kit), await phoneOf(maya)]).toEqual([number, null]);
  });
});
