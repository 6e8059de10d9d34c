import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type App,
  appMetadata,
  createApp,
  findApp,
  listSecrets,
  listShares,
  secretHashes,
} from "../../src/apps/index.ts";
import { inTx } from "../../src/context.ts";
import { sha256Hex } from "../../src/kernel/hash.ts";
import { query } from "../../src/store/index.ts";
import { databases, type TestDatabase } from "../../src/testing/databases.ts";
import type { Deed, Deeds } from "./shares-storm.ts";
import { openTokenProcess, type TokenProcess } from "./token-process.ts";

const rounds = process.env.INNKEEPER_FULL === "1" ? 50 : 3;
const callers = 20;
const maya = "usr_maya";

interface Rival {
  doAll(deeds: Deeds): Promise<string[]>;
  stop(): Promise<void>;
}

async function startRival(url: string): Promise<Rival> {
  const script = fileURLToPath(new URL("shares-rival.ts", import.meta.url));
  const child = spawn(process.execPath, [script, url], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  await lines.next();
  return {
    async doAll(deeds) {
      child.stdin.write(`${JSON.stringify(deeds)}\n`);
      return JSON.parse((await lines.next()).value ?? "");
    },
    async stop() {
      const gone = child.exitCode === null ? once(child, "exit") : undefined;
      child.stdin.end();
      await gone;
    },
  };
}

const schema = appMetadata(["openid"]);
const times = (count: number, ...deeds: Deed[]): Deed[] => Array.from({ length: count }, () => deeds).flat();

describe.each(databases)("an app in two processes on $name", ({ open }) => {
  let database: TestDatabase;
  let here: TokenProcess;
  let rivals: [Rival, Rival];
  let app: App;
  let made = 0;

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

  const create = async (): Promise<App> => {
    const wire = { name: `Storyteller ${made++}`, redirect_uris: ["https://a.example/callback"] };
    const created = await inTx(here.ctx, (tx) => createApp(tx, maya, schema.parse(wire)));
    if (!created.ok) throw new Error(created.why);
    return created.app;
  };
  beforeEach(async () => {
    app = await create();
  });

  /** Both processes do it at once; what all of their callers were told. */
  const race = async (deeds: Deed[], more: Partial<Deeds> = {}): Promise<string[]> => {
    const wanted = { appId: app.id, deeds, userId: "usr_kit", name: "Quarry", overlapSeconds: 0, ...more };
    return (await Promise.all(rivals.map((rival) => rival.doAll(wanted)))).flat();
  };
  const count = (words: string[], word: string) => words.filter((each) => each === word).length;
  const actions = async () => {
    const rows = await query(here.ctx, (db) =>
      db.selectFrom("audit_log").select("action").where("subject_id", "=", app.id).orderBy("id"),
    );
    return rows.map(({ action }) => action);
  };

  it("is shared with one person once, however many say so", async () => {
    for (let round = 0; round < rounds; round++) {
      const userId = `usr_${round}`;
      const told = await race(times(callers, "share"), { userId });
      expect([count(told, "ok"), count(told, "already")]).toEqual([1, 2 * callers - 1]);
      expect((await listShares(here.ctx, app.id)).filter((share) => share.userId === userId)).toHaveLength(1);
    }
    expect(count(await actions(), "app.shared")).toBe(rounds);
  });

  it("is shared and taken back in turns: every ending ends a beginning", async () => {
    const told = await race(times(callers * rounds, "share", "unshare"));
    const log = (await actions()).slice(1);
    const [began, ended] = [count(log, "app.shared"), count(log, "app.unshared")];
    expect(count(told, "ok")).toBe(began + ended);
    expect(began - ended).toBe((await listShares(here.ctx, app.id)).length);
    expect([0, 1]).toContain(began - ended);
  });

  it("is deleted once, and nobody is let in afterwards", async () => {
    for (let round = 0; round < rounds; round++) {
      app = await create();
      const told = await race([...times(3, "share"), "delete", ...times(callers, "share")]);
      expect(count(told, "gone")).toBe(1);
      expect(await listShares(here.ctx, app.id)).toEqual([]);
      expect((await findApp(here.ctx, app.id))?.deletedAt).not.toBeNull();
      expect(await listSecrets(here.ctx, app.id)).toEqual([]);
    }
  });

  it("has one lasting secret, and it is one of those that were shown", async () => {
    for (let round = 0; round < rounds; round++) {
      const told = await race(times(callers, "rotate"));
      expect(new Set(told).size).toBe(2 * callers);
      const hashes = (await secretHashes(here.ctx, app.id)).map(({ hash }) => hash);
      expect(hashes).toHaveLength(1);
      expect(told.map(sha256Hex)).toContain(hashes[0]);
    }
  });

  it("has ten secrets at most while they overlap, and one that lasts", async () => {
    await race(times(callers, "rotate"), { overlapSeconds: 3600 });
    const secrets = await listSecrets(here.ctx, app.id);
    expect(secrets).toHaveLength(10);
    expect(secrets.filter(({ expiresAt }) => expiresAt === null)).toHaveLength(1);
  });

  it("shows no secret that works once it is deleted", async () => {
    await race([...times(callers, "rotate"), "delete", ...times(callers, "rotate")]);
    expect(await secretHashes(here.ctx, app.id)).toEqual([]);
  });

  it("takes a name that another one wants too: one has it", async () => {
    for (let round = 0; round < rounds; round++) {
      const name = `Fieldnotes ${made++}`;
      const other = await create();
      const mine = rivals[0].doAll({ appId: app.id, deeds: ["rename"], userId: "", name, overlapSeconds: 0 });
      const theirs = rivals[1].doAll({ appId: other.id, deeds: ["rename"], userId: "", name, overlapSeconds: 0 });
      expect([...(await mine), ...(await theirs)].toSorted()).toEqual(["name_taken", "ok"]);
      const holders = [await findApp(here.ctx, app.id), await findApp(here.ctx, other.id)];
      expect(holders.filter((each) => each?.name === name)).toHaveLength(1);
    }
  });

  it("is caught when a share is written without holding the app", async () => {
    await race(["delete"]);
    const careless = { app_id: app.id, user_id: "usr_kit", role: "viewer" as const, created_at: 0 };
    await inTx(here.ctx, (tx) => query(tx, (db) => db.insertInto("app_shares").values(careless).returning("app_id")));
    expect(await listShares(here.ctx, app.id)).not.toEqual([]);
  });
});
