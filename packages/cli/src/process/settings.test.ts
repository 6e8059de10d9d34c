import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigMistakes } from "@innkeeper/server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Flags, loadSettings } from "./settings.ts";

const secret = "9fJ2kq8Zr1Lw5Tn7Xc4Vb6Hm3Gd0Ps+A";
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "innkeeper-settings-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function configFile(text: string): Promise<string> {
  const path = join(folder, "innkeeper.config.json");
  await writeFile(path, text);
  return path;
}

async function mistakesOf(flags: Flags, env: NodeJS.ProcessEnv = {}): Promise<readonly string[]> {
  const error = await loadSettings({ data: join(folder, "data"), ...flags }, env).catch((reason: unknown) => reason);
  return error instanceof ConfigMistakes ? error.mistakes : [];
}

describe("what is wrong with file, environment and flags", () => {
  it("[R62] is listed at once, wherever it stands", async () => {
    const model = { upstream: "gone", upstreamModel: "x", prices: { input: "1", output: "2" } };
    const config = await configFile(JSON.stringify({ models: { m: model }, brand: { name: 7 } }));
    const env = { PORT: "http", DATABASE_URL: "mysql://db", INNKEEPER_SECRET: "short", INNKEEPER_ISSUER: "id.example" };
    expect((await mistakesOf({ config }, env)).map((sentence) => sentence.split(":")[0])).toEqual([
      "PORT",
      "DATABASE_URL",
      "issuer",
      "INNKEEPER_SECRET",
      "brand.name",
      "models.m.maxOutputTokens",
      "models.m.upstream",
    ]);
  });

  it("is told once: a secret that is not given is not empty as well", async () => {
    const found = await mistakesOf({ port: "-1", database: "postgres://db.example/innkeeper" });
    expect(found).toEqual([
      expect.stringMatching(/^PORT: "-1"/),
      expect.stringMatching(/^INNKEEPER_SECRET: is needed with PostgreSQL/),
    ]);
  });

  it("includes a file that cannot be read, and no secret is made in a folder that it may not mean", async () => {
    const found = await mistakesOf({ config: await configFile("{"), port: "http" });
    expect(found).toEqual([expect.stringMatching(/is not JSON/), expect.stringMatching(/^PORT: /)]);
    await expect(stat(join(folder, "data"))).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("includes a data folder that is a file, or stands in one", async () => {
    const data = await configFile("{}");
    for (const path of [data, join(data, "inside")]) {
      expect(await mistakesOf({ config: data, data: path, port: "http" })).toEqual([
        expect.stringMatching(/^PORT: /),
        expect.stringMatching(/^INNKEEPER_DATA: .* cannot be the data folder: a file stands where/),
      ]);
    }
  });

  it("is nothing where all is well", async () => {
    const flags = { config: await configFile(`{ "port": 9000 }`), data: folder };
    expect(await loadSettings(flags, { INNKEEPER_SECRET: secret, HOST: "::1" })).toMatchObject({
      port: 9000,
      host: "::1",
      databaseUrl: `sqlite:${join(folder, "innkeeper.sqlite")}`,
      config: { issuer: "http://localhost:9000", secrets: [secret] },
    });
  });
});
