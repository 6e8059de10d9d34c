import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { createCode, setVerifiedEmail } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import { databases } from "../../src/testing/databases.ts";
import { openPlatform, type Platform } from "../../src/testing/platform.ts";
import { type CodeStorm, claimAtOnce } from "./codes-storm.ts";

const rounds = process.env.INNKEEPER_FULL === "1" ? 30 : 3;
/** In each of two processes. */
const times = 100;

interface Rival {
  claim(storm: CodeStorm): Promise<string[]>;
  stop(): Promise<void>;
}

async function startRival(url: string): Promise<Rival> {
  const script = fileURLToPath(new URL("codes-rival.ts", import.meta.url));
  const child = spawn(process.execPath, [script, url], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  await lines.next();
  return {
    async claim(storm) {
      child.stdin.write(`${JSON.stringify(storm)}\n`);
      return JSON.parse((await lines.next()).value ?? "");
    },
    async stop() {
      const gone = child.exitCode === null ? once(child, "exit") : undefined;
      child.stdin.end();
      await gone;
    },
  };
}

describe.each(databases)("one-time codes over two processes on $name", ({ open }) => {
  let platform: Platform;
  let rival: Rival;

  beforeAll(async () => {
    platform = await openPlatform(open);
    rival = await startRival(platform.url);
  });
  afterAll(async () => {
    await rival.stop();
    await platform.close();
  });

  const make = () => {
    const wanted = { kind: "sign_in", userId: "usr_1", target: "maya@fennick.example" };
    return inTx(platform.ctx, (tx) => createCode(tx, wanted));
  };
  const storm = async (id: string, codes: string[]) => {
    const attempts = { id, kind: "sign_in", codes };
    return (await Promise.all([claimAtOnce(platform, attempts), rival.claim(attempts)])).flat();
  };
  const row = async (id: string) =>
    (await query(platform.ctx, (db) => db.selectFrom("one_time_codes").selectAll().where("id", "=", id)))[0]!;
  const count = (answers: string[], word: string) => answers.filter((answer) => answer === word).length;

  it("[V06] let exactly one of two hundred in", async () => {
    for (let round = 0; round < rounds; round++) {
      const { id, code } = await make();
      const answers = await storm(id, Array<string>(times).fill(code));
      expect(count(answers, "ok")).toBe(1);
      expect(count(answers, "used")).toBe(2 * times - 1);
      expect((await row(id)).attempts_left).toBe(4);
    }
  });

  it("[V06] are tried five times and no more, however many try at once", async () => {
    for (let round = 0; round < rounds; round++) {
      const { id, code } = await make();
      const wrong = Array.from({ length: times }, (_, index) => String(index).padStart(6, "0")).filter(
        (guess) => guess !== code,
      );
      const answers = await storm(id, wrong);
      expect(count(answers, "wrong")).toBe(4);
      expect(count(answers, "spent")).toBe(answers.length - 4);
      expect(await row(id)).toMatchObject({ attempts_left: 0, used_at: null });
      expect(await storm(id, [code])).toEqual(["spent", "spent"]);
    }
  });

  it("[V09] make an address the own one of exactly one account", async () => {
    for (let round = 0; round < rounds; round++) {
      const email = `round${round}@fennick.example`;
      const users = await Promise.all(Array.from({ length: 12 }, (_, index) => platform.addUser(`u${round}x${index}`)));
      const verdicts = await Promise.all(
        users.map(({ id }) => inTx(platform.ctx, (tx) => setVerifiedEmail(tx, id, email))),
      );
      expect(verdicts.filter(({ ok }) => ok)).toHaveLength(1);
      const owners = await query(platform.ctx, (db) =>
        db.selectFrom("users").select("id").where("email_key", "=", email).where("email_verified_at", "is not", null),
      );
      expect(owners).toHaveLength(1);
    }
  });
});
