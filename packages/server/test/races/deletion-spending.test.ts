import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { inTx } from "../../src/context.ts";
import { auditLedger, createLedger, findWallet } from "../../src/ledger/index.ts";
import { requestDeletion } from "../../src/personal-data/index.ts";
import { query } from "../../src/store/index.ts";
import { type Browser, databases, openPlatform, type Platform, password } from "../../src/testing/index.ts";
import { json, openUpstream, type UpstreamDouble } from "../../src/testing/upstream.ts";
import { everyRow } from "../every-row.ts";
import { keyOf } from "../flows/api-client.ts";
import { signInByPassword } from "../hotkey-holder.ts";
import { callOf } from "./ledger-fixture.ts";
import { formOf, sendAtOnce } from "./request-storm.ts";

const crowd = process.env.INNKEEPER_FULL === "1" ? 40 : 6;
const callsEach = 5;
const minute = 60_000;
const grace = 14 * 86_400_000;
const question = "/account/delete";
const leaving = "/account/leaving";

interface Finisher {
  /** How many of those that are due at this time it erased. */
  finish(now: number, rounds: number): Promise<number>;
  stop(): Promise<void>;
}

async function startFinisher(url: string): Promise<Finisher> {
  const script = fileURLToPath(new URL("deletion-rival.ts", import.meta.url));
  const child = spawn(process.execPath, [script, url], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  await lines.next();
  return {
    async finish(now, rounds) {
      child.stdin.write(`${JSON.stringify([now, rounds])}\n`);
      return Number((await lines.next()).value);
    },
    async stop() {
      const gone = child.exitCode === null ? once(child, "exit") : undefined;
      child.stdin.end();
      await gone;
    },
  };
}

describe.each(databases)("a deletion that falls due over two processes on $name", ({ open }) => {
  let platform: Platform;
  let upstream: UpstreamDouble;
  let rival: Finisher;

  beforeAll(async () => {
    upstream = await openUpstream();
    const prices = { input: "1.00", output: "2.00", call: "0" };
    platform = await openPlatform(open, {
      file: {
        upstreams: { main: { baseUrl: upstream.baseUrl, apiKey: upstream.apiKey } },
        models: { "test-model": { upstream: "main", upstreamModel: "real", prices, maxOutputTokens: 100 } },
      },
    });
    rival = await startFinisher(platform.url);
  });
  afterAll(async () => {
    await rival.stop();
    await platform.close();
    await upstream.close();
  });

  const rowOf = async (id: string) =>
    (await query(platform.ctx, (db) => db.selectFrom("users").selectAll().where("id", "=", id)))[0]!;
  const ends = async (id: string) =>
    (
      await query(platform.ctx, (db) =>
        db
          .selectFrom("audit_log")
          .select("action")
          .where("subject_id", "=", id)
          .where("action", "in", ["user.deleted", "user.deletion_taken_back"]),
      )
    ).map(({ action }) => action);
  const openCalls = (walletId: string, userId: string, ledger: ReturnType<typeof createLedger>) =>
    Promise.all(
      Array.from({ length: callsEach }, async () => {
        const verdict = await ledger.hold(platform.ctx, callOf({ walletId, userId, amountMicros: 100 }));
        if (!verdict.ok) throw new Error(verdict.why);
        return verdict.hold;
      }),
    );

  it("[X10][X17] while its owner takes it back and calls end, ends one way for each, and the ledger is in order", async () => {
    const { ctx, clock } = platform;
    const ledger = createLedger();
    const people: { id: string; workspaceId: string; browser: Browser; username: string }[] = [];
    for (let each = 0; each < crowd; each++) {
      const username = `person${each}`;
      const made = await platform.addUser(username, { creditMicros: 1_000_000 });
      await inTx(ctx, (tx) => requestDeletion(tx, made.id));
      people.push({ ...made, browser: platform.browser(), username });
    }
    clock.advance(grace - minute);
    const keeping = [];
    for (const { browser, username } of people) {
      const page = await signInByPassword(browser, username);
      keeping.push(formOf(page, browser, leaving, { answer: "keep" }));
    }
    clock.advance(minute - 1);
    const holds = await Promise.all(people.map(({ id, workspaceId }) => openCalls(workspaceId, id, ledger)));

    const due = clock.now() + 1;
    const [finished] = await Promise.all([
      rival.finish(due, crowd),
      ...keeping.map((form) => sendAtOnce(platform, { ...form, peer: "192.0.2.9", times: 2 })),
      ...holds.flat().map((hold) => ledger.settle(ctx, hold, { costMicros: 7, usage: {} })),
    ]);
    const all = finished + (await rival.finish(due, 1));

    let erased = 0;
    for (const { id, workspaceId } of people) {
      const row = await rowOf(id);
      const isErased = row.deleted_at !== null;
      erased += isErased ? 1 : 0;
      expect([row.deletion_due_at, row.display_name === "", row.email === null]).toEqual([null, isErased, isErased]);
      expect(await ends(id)).toEqual([isErased ? "user.deleted" : "user.deletion_taken_back"]);
      expect(await findWallet(ctx, workspaceId)).toEqual({ balanceMicros: 1_000_000 - 7 * callsEach, heldMicros: 0 });
    }
    expect(all).toBe(erased);
    expect(await auditLedger(ctx)).toEqual([]);
  });

  it("[X09][X17] while calls of a key are under way bills every one of them, admits no other, and keeps no name", async () => {
    const { ctx, clock } = platform;
    const quill = await platform.addUser("quillwright", { creditMicros: 1_000_000 });
    const { key } = await keyOf(platform, quill);
    const call = () =>
      platform.fetch("/v1/chat/completions", {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify({ model: "test-model", messages: [{ role: "user", content: "Hello" }], max_tokens: 5 }),
      });
    let answer = () => {};
    const gate = new Promise<void>((resolve) => {
      answer = resolve;
    });
    upstream.play = () => ({ ...json({ prompt: 10, completion: 5 }), before: [gate] });
    upstream.received.length = 0;
    const underWay = Array.from({ length: callsEach }, call);
    await vi.waitFor(() => expect(upstream.received).toHaveLength(callsEach));

    const browser = platform.browser();
    await signInByPassword(browser, "quillwright");
    const left = await browser.submit(await browser.open(question), question, { password });
    expect(left.status).toBe(200);
    const finishing = rival.finish(clock.now() + grace, 3);
    answer();
    const [answers, later] = await Promise.all([
      Promise.all(underWay),
      Promise.all(Array.from({ length: callsEach }, call)),
      finishing,
    ]);
    expect(await finishing).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual(Array(callsEach).fill(200));
    expect(later.map(({ status }) => status)).toEqual(Array(callsEach).fill(401));

    const billed = await query(ctx, (db) =>
      db.selectFrom("holds").select(["outcome", "cost_micros"]).where("user_id", "=", quill.id),
    );
    expect(billed).toEqual(Array(callsEach).fill({ outcome: "settled", cost_micros: 20 }));
    expect(await findWallet(ctx, quill.workspaceId)).toEqual({
      balanceMicros: 1_000_000 - 20 * callsEach,
      heldMicros: 0,
    });
    expect(await auditLedger(ctx)).toEqual([]);
    const { audit_log: _, ...rows } = await everyRow(ctx);
    for (const [table, text] of Object.entries(rows)) expect(`${table}: ${text}`).not.toContain("quillwright");
  });
});
