import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { afterEach, describe, expect, it } from "vitest";
import { databases } from "../../packages/server/src/testing/databases.ts";
import { type Ended, freePort, openPlace, type Place, type PlaceOptions } from "../platform/place.ts";

const secret = "a-secret-of-the-tests-that-is-long-enough";
const places: Place[] = [];

async function place(options?: PlaceOptions): Promise<Place> {
  const made = await openPlace(options);
  places.push(made);
  return made;
}

afterEach(async () => {
  for (const made of places.splice(0)) await made.close();
});

/** `innkeeper start` with everything from the environment, as an operator's unit file has it. */
async function start({ folder, run, issuer }: Place, env: Record<string, string> = {}): Promise<Ended> {
  const port = String(await freePort());
  return run(["start", "--json"], {
    INNKEEPER_DATA: join(folder, "data"),
    INNKEEPER_ISSUER: issuer,
    PORT: port,
    ...env,
  });
}

/** It ended by itself, with words for people and nothing else. */
function expectRefusal({ code, signal, stdout, stderr }: Ended, ...sentences: (string | RegExp)[]): void {
  expect({ code, signal }).toEqual({ code: 1, signal: null });
  expect(stdout).toBe("");
  for (const sentence of sentences) expect(stderr).toMatch(sentence);
  expect(stderr, "no stack").not.toMatch(/^\s+at |node:internal/m);
}

describe("a secret that is no secret", () => {
  it.each([
    ["empty", "", "INNKEEPER_SECRET: must not be empty"],
    ["nothing but blanks", "  ", "INNKEEPER_SECRET: must not be empty"],
    ["a default", "change-me-change-me-change-me-change-me", "INNKEEPER_SECRET: is a default or too simple"],
    ["one letter", "a".repeat(64), "INNKEEPER_SECRET: is a default or too simple"],
    ["short", "k3yO7", "INNKEEPER_SECRET: must have at least 32 characters"],
    ["short in second place", `${secret} k3yO7`, "INNKEEPER_SECRET, number 2: must have at least 32 characters"],
  ])("[R60] refuses one that is %s, and does not repeat it", async (_kind, value, sentence) => {
    const ended = await start(await place(), { INNKEEPER_SECRET: value });
    expectRefusal(ended, sentence);
    for (const word of value.trim().split(" ").filter(Boolean)) expect(ended.stderr).not.toContain(word);
  });

  it("[R60] refuses one that did not seal this database, and starts again with the one that did", async () => {
    const there = await place({ env: { INNKEEPER_SECRET: secret } });
    const first = await there.start();
    first.signal("SIGTERM");
    await first.ended;
    const other = "another-secret-that-is-just-as-long-as-it";
    expectRefusal(await start(there, { INNKEEPER_SECRET: other }), "is not the secret this database was sealed with");
    expect((await there.start()).ready).toMatchObject({ ready: true });
  });
});

describe("an issuer", () => {
  it.each([
    ["http://id.acme.example", "must use https; http is allowed on loopback only"],
    ["http://192.0.2.7:8420", "must use https; http is allowed on loopback only"],
    ["http://localhost.acme.example", "must use https; http is allowed on loopback only"],
    ["https://id.acme.example/", "must be an origin"],
    ["id.acme.example", "must be an origin"],
  ])("[R61] refuses %s", async (issuer, sentence) => {
    expectRefusal(await start(await place(), { INNKEEPER_ISSUER: issuer }), issuer, sentence);
  });
});

describe("a configuration", () => {
  it("[R62] has all its mistakes listed at once", async () => {
    const prices = { input: "1,000.00", output: 2 };
    const there = await place({
      file: {
        brand: { name: "", accent: "green", font: "Comic Sans" },
        upstreams: { main: { baseUrl: "ftp://models.example", apiKey: "" } },
        models: { "test-model": { upstream: "main", upstreamModel: "x", prices } },
        budgets: { default: { limit: "-5", period: "fortnight" } },
        sign_up: {},
      },
    });
    const ended = await start(there, { INNKEEPER_ISSUER: "http://id.acme.example", INNKEEPER_SECRET: "short" });
    expectRefusal(
      ended,
      /The configuration has 1[2-9] mistakes:/,
      "issuer: ",
      "INNKEEPER_SECRET: ",
      "brand.name: ",
      "brand.accent: ",
      "brand.font: there is no such option",
      "upstreams.main.baseUrl: ",
      "upstreams.main.apiKey: ",
      "models.test-model.prices.input: ",
      "models.test-model.prices.output: ",
      "models.test-model.maxOutputTokens: is missing",
      "budgets.default.limit: ",
      "budgets.default.period: ",
      "sign_up: there is no such option",
    );
  });

  it("[R62] is named when it is missing or not JSON", async () => {
    const there = await place();
    expectRefusal(await start(there, { INNKEEPER_CONFIG: "elsewhere.json" }), /elsewhere\.json: there is no such file/);
    await writeFile(join(there.folder, "innkeeper.config.json"), "{");
    expectRefusal(await start(there), /innkeeper\.config\.json: is not JSON/);
  });
});

describe("a place to listen", () => {
  it("that is taken is told with another one, and leaves no lock on the database", async () => {
    const there = await place();
    const taken = createServer();
    await new Promise<void>((listening) => taken.listen(there.port, "127.0.0.1", listening));
    const sentence = `Port ${there.port} on 127.0.0.1 is taken. Choose another one: PORT=`;
    try {
      expectRefusal(await start(there, { PORT: String(there.port) }), sentence);
      const plainly = ["start", "--data", join(there.folder, "data"), "--port", String(there.port)];
      expectRefusal(await there.run(plainly), sentence);
    } finally {
      await new Promise((closed) => taken.close(closed));
    }
    expect((await there.start()).ready).toMatchObject({ ready: true });
  });

  it.each(["300.1.1.1", "192.0.2.7"])("has to be an address of this machine, unlike %s", async (host) => {
    expectRefusal(await start(await place(), { HOST: host }), `This machine has no address ${host}`, "HOST=127.0.0.1");
  });
});

describe("a database", () => {
  it("[R63] has one server while it is a file, and commands beside it", async () => {
    const there = await place();
    const first = await there.start();
    expectRefusal(await start(there), /Another Innkeeper server is running on .*innkeeper\.sqlite/);
    expect(await there.command("migrate")).toEqual({ applied: [] });
    expect((await fetch(`${there.issuer}/healthz`)).status).toBe(200);
    first.signal("SIGKILL");
    await first.ended;
    expect((await there.start()).ready, "a killed server leaves no lock").toMatchObject({ ready: true });
  });

  it("[R64] on PostgreSQL needs a secret, the same for every process", async () => {
    const ended = await start(await place(), { DATABASE_URL: "postgres://innkeeper@127.0.0.1:1/innkeeper" });
    expectRefusal(ended, "INNKEEPER_SECRET: is needed with PostgreSQL");
  });

  it("that does not answer is told without its password", async () => {
    const url = `postgres://innkeeper:hunter2-hunter2@127.0.0.1:${await freePort()}/innkeeper`;
    const ended = await start(await place(), { DATABASE_URL: url, INNKEEPER_SECRET: secret });
    expectRefusal(ended, "PostgreSQL cannot be reached");
    expect(ended.stderr).not.toContain("hunter2");
  });
});

describe.each(databases.filter(({ name }) => name === "postgres"))("a server of $name", ({ open }) => {
  it.each([["fsync"], ["full_page_writes"]])("[R64] with %s off is refused, and accepted with it on", async (name) => {
    const { url, drop } = await open();
    const operator = new pg.Client(url);
    await operator.connect();
    const there = await place({ env: { DATABASE_URL: url, INNKEEPER_SECRET: secret } });
    try {
      await set(operator, name, "off");
      const env = { DATABASE_URL: url, INNKEEPER_SECRET: secret };
      expectRefusal(await start(there, env), `PostgreSQL would lose money after a crash: ${name} is off`);
      await set(operator, name, "on");
      expect((await there.start()).ready).toMatchObject({ ready: true });
    } finally {
      await set(operator, name, "on");
      await operator.end();
      await there.close();
      await drop();
    }
  });
});

/** Changes a setting of the whole server, and waits until new connections have it. */
async function set(operator: pg.Client, name: string, value: "on" | "off"): Promise<void> {
  await operator.query(`alter system set ${name} = ${value}`);
  await operator.query("select pg_reload_conf()");
  await expect.poll(async () => (await operator.query(`show ${name}`)).rows[0][name]).toBe(value);
}
