import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deactivateApp } from "../../src/apps/index.ts";
import { inTx } from "../../src/context.ts";
import { setUserDisabled } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import { databases, type TestDatabase } from "../../src/testing/databases.ts";
import { createApiKey, type NewApiKey, revokeApiKey } from "../../src/tokens/index.ts";
import { type SignedIn, signIn } from "../token-house.ts";
import { openTokenProcess, type TokenProcess } from "./token-process.ts";
import type { Aftermath, Storm } from "./token-storm.ts";

const many = process.env.INNKEEPER_FULL === "1" ? 500 : 20;
/** How many uses of codes or tokens each process has under way. */
const wave = 500;

interface Rival {
  child: ChildProcess;
  storm(storm: Storm): Promise<Aftermath>;
  /** Asks for each bearer without pause; answers once memory alone honours them all. */
  watch(bearers: string[]): Promise<void>;
  /** When each of them was honoured last, in epoch milliseconds; answers once all of them are refused. */
  report(): Promise<number[]>;
  stop(): Promise<void>;
}

async function startRival(url: string): Promise<Rival> {
  const script = fileURLToPath(new URL("token-rival.ts", import.meta.url));
  const child = spawn(process.execPath, [script, url], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  await lines.next();
  const ask = async (question: unknown) => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    return JSON.parse((await lines.next()).value ?? "");
  };
  return {
    child,
    storm: (storm) => ask({ storm }),
    watch: (bearers) => ask({ watch: bearers }),
    report: () => ask({}),
    async stop() {
      const gone = child.exitCode === null ? once(child, "exit") : undefined;
      child.stdin.end();
      await gone;
    },
  };
}

describe.each(databases)("two processes on $name", ({ open }) => {
  let database: TestDatabase;
  /** Without a feed of its own, as a command beside a running server. */
  let here: TokenProcess;
  let rivals: [Rival, Rival];
  let maya: SignedIn;

  beforeAll(async () => {
    database = await open();
    here = await openTokenProcess(database.url);
    rivals = await Promise.all([startRival(database.url), startRival(database.url)]);
  });
  afterAll(async () => {
    await Promise.all(rivals.map((rival) => rival.stop()));
    await here.close();
    await database.drop();
  });

  /** In waves: with more at once, those at the end wait for a connection until they are told that the service is busy. */
  const race = async (what: Storm["what"], texts: string[], callers: number): Promise<Aftermath> => {
    const outcomes: Aftermath = [];
    for (let at = 0; at < texts.length; at += wave / callers) {
      const wanted = { clientId: maya.app.clientId, what, texts: texts.slice(at, at + wave / callers), callers };
      const [left, right] = await Promise.all(rivals.map((rival) => rival.storm(wanted)));
      for (const [index, { won, lost }] of left!.entries()) {
        outcomes.push({ won: [...won, ...right![index]!.won], lost: [...lost, ...right![index]!.lost] });
      }
    }
    return outcomes;
  };
  const lives = async (token: string) => (await here.tokens.verify(token)) !== undefined;

  it("[R20] redeem each code once, and nobody keeps what came of one that was used twice", async () => {
    maya = await signIn(here);
    const texts = Array.from({ length: many }, () => maya.code());
    for (const { won, lost } of await race("code", texts, 5)) {
      expect(won).toHaveLength(1);
      expect(lost).toEqual(Array(9).fill("replayed"));
      expect(await lives(won[0]!.accessToken)).toBe(false);
    }
  });

  it("[R21] refresh with the same tokens: all succeed, and each family has one living head", async () => {
    maya = await signIn(here);
    const codes = Array.from({ length: many }, () => maya.code());
    const first = await rivals[0].storm({ clientId: maya.app.clientId, what: "code", texts: codes, callers: 1 });
    const texts = first.map(({ won }) => won[0]!.refreshToken);
    for (const { won, lost } of await race("refresh_token", texts, 10)) {
      expect([won.length, lost]).toEqual([20, []]);
      const steps = won.map(({ refreshToken }) => here.tokens.openRefreshToken(refreshToken)!.generation);
      expect(new Set(steps)).toEqual(new Set([2]));
      expect(await lives(won[19]!.accessToken)).toBe(true);
    }
    const families = await query(here.ctx, (db) =>
      db.selectFrom("token_families").select(["generation", "revoked_at"]).where("app_id", "=", maya.app.id),
    );
    expect(families).toEqual(Array(many).fill({ generation: 2, revoked_at: null }));
  });

  it("[R26] redeem in one while the grant is revoked in another: nothing outlives it", async () => {
    maya = await signIn(here);
    const texts = Array.from({ length: 10 * many }, () => maya.code());
    const [results] = await Promise.all([race("code", texts, 1), maya.revoke()]);
    for (const { won } of results) {
      for (const { accessToken } of won) expect(await lives(accessToken)).toBe(false);
    }
  });

  /** A bearer for each way in which one can end, and the way. */
  const doomed = async (): Promise<[string, () => Promise<unknown>][]> => {
    const enter = async () => {
      const person = await signIn(here);
      const code = here.tokens.openCode(person.code())!;
      const result = await here.tokens.redeemCode(code, person.app);
      if (!result.ok) throw new Error(result.why);
      return { person, ...result.issued };
    };
    const byGrant = await enter();
    const byUser = await enter();
    const byApp = await enter();
    const byToken = await enter();
    const byFamily = await enter();
    const { user, grant } = await signIn(here);
    const make = async (owner: Pick<NewApiKey, "userId" | "workspaceId" | "grantId">) => {
      const wanted = { ...owner, name: "", scopes: ["profile"], expiresAt: null };
      const made = await inTx(here.ctx, (ctx) => createApiKey(ctx, wanted));
      if (!made.ok) throw new Error(made.why);
      return made;
    };
    const key = await make({ userId: user.id, workspaceId: grant.workspaceId, grantId: null });
    const shared = await signIn(here);
    const { id: grantId, userId, workspaceId } = shared.grant;
    const appKey = await make({ userId, workspaceId, grantId });
    return [
      [byGrant.accessToken, byGrant.person.revoke],
      [byUser.accessToken, () => inTx(here.ctx, (ctx) => setUserDisabled(ctx, byUser.person.user.id, true))],
      [byApp.accessToken, () => inTx(here.ctx, (ctx) => deactivateApp(ctx, byApp.person.app.id, "system"))],
      [byToken.accessToken, () => here.tokens.revoke(byToken.accessToken, undefined)],
      [byFamily.accessToken, () => here.tokens.revoke(byFamily.refreshToken!, undefined)],
      [key.key, () => inTx(here.ctx, (ctx) => revokeApiKey(ctx, key.apiKey.id))],
      [appKey.key, shared.revoke],
    ];
  };

  it("[F05][R11] refuse within a second what a third one has ended", async () => {
    const ends = await doomed();
    for (const rival of rivals) await rival.watch(ends.map(([bearer]) => bearer));
    const endedAt: number[] = [];
    for (const [, end] of ends) {
      await end();
      endedAt.push(Date.now());
    }
    for (const rival of rivals) {
      const honouredAt = await rival.report();
      for (const [index, at] of honouredAt.entries()) expect(at - endedAt[index]!).toBeLessThan(1000);
    }
  });

  it("[R10] honour nothing that was ended while they were stopped for five seconds", async () => {
    const ends = await doomed();
    const [rival] = rivals;
    await rival.watch(ends.map(([bearer]) => bearer));
    rival.child.kill("SIGSTOP");
    for (const [, end] of ends) await end();
    const endedAt = Date.now();
    await delay(5000);
    rival.child.kill("SIGCONT");
    const honouredAt = await rival.report();
    for (const at of honouredAt) expect(at).toBeLessThan(endedAt);
  });
});
