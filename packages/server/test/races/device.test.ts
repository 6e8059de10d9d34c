import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { query } from "../../src/store/index.ts";
import type { Browser } from "../../src/testing/browser.ts";
import { databases } from "../../src/testing/databases.ts";
import { consentPath, type DeviceStory, openDeviceStory, type Started } from "../flows/device-story.ts";
import { countWords, type Polls, pollAtOnce } from "./device-storm.ts";

const rounds = process.env.INNKEEPER_FULL === "1" ? 50 : 3;

interface Rival {
  poll(polls: Polls): Promise<string[]>;
  stop(): Promise<void>;
}

async function startRival(url: string): Promise<Rival> {
  const script = fileURLToPath(new URL("device-rival.ts", import.meta.url));
  const child = spawn(process.execPath, [script, url], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  await lines.next();
  return {
    async poll(polls) {
      child.stdin.write(`${JSON.stringify(polls)}\n`);
      return JSON.parse((await lines.next()).value ?? "");
    },
    async stop() {
      const gone = child.exitCode === null ? once(child, "exit") : undefined;
      child.stdin.end();
      await gone;
    },
  };
}

describe.each(databases)("a device on $name", ({ open }) => {
  let story: DeviceStory;
  let rivals: [Rival, Rival];

  beforeAll(async () => {
    story = await openDeviceStory({ client_type: "public" }, {}, open);
    rivals = await Promise.all([startRival(story.url), startRival(story.url)]);
  });
  afterAll(async () => {
    await Promise.all(rivals.map((rival) => rival.stop()));
    await story.close();
  });

  const start = async () => {
    // Sixty starts in ten minutes are allowed to one network.
    story.clock.advance(10_000);
    return story.start({ scope: "openid profile gateway:access" });
  };
  const polls = ({ device_code }: Started, many: number): Polls => ({
    clientId: story.app.clientId,
    deviceCode: device_code,
    polls: many,
  });
  const lastRow = async () => {
    const rows = await query(story.ctx, (db) =>
      db.selectFrom("device_requests").selectAll().orderBy("id", "desc").limit(1),
    );
    return rows[0]!;
  };
  const deeds = async (subjectId: string) => {
    const rows = await query(story.ctx, (db) =>
      db.selectFrom("audit_log").select("action").where("subject_id", "=", subjectId),
    );
    return rows.map(({ action }) => action);
  };

  it("[R20] that polls two hundred times at once after the approval has its tokens once, and keeps them", async () => {
    const browser = await story.signedIn();
    for (let round = 0; round < rounds; round++) {
      const started = await start();
      await story.answer(browser, started.user_code, "allow");
      expect(countWords(await pollAtOnce(story, polls(started, 200)))).toEqual({ tokens: 1, invalid_grant: 199 });
      const { id } = await lastRow();
      const family = (db: Parameters<Parameters<typeof query>[1]>[0]) =>
        db.selectFrom("token_families").select(["generation", "revoked_at"]).where("id", "=", id);
      expect(await query(story.ctx, family)).toEqual([{ generation: 1, revoked_at: null }]);
    }
  });

  it("[R20] that polls two other processes at once has its tokens once", async () => {
    const browser = await story.signedIn();
    for (let round = 0; round < rounds; round++) {
      // The clocks of the other two stand where they stood, which is earlier: no code has expired there.
      const started = await start();
      await story.answer(browser, started.user_code, "allow");
      const words = await Promise.all(rivals.map((rival) => rival.poll(polls(started, 100))));
      expect(countWords(words.flat())).toEqual({ tokens: 1, invalid_grant: 199 });
    }
  });

  it("[J03] that hammers is in time once, and its interval has an end", async () => {
    const started = await start();
    const words = countWords(await pollAtOnce(story, polls(started, 200)));
    expect(words).toEqual({ authorization_pending: 1, slow_down: 199 });
    expect((await lastRow()).interval_ms).toBeLessThanOrEqual(60_000);
  });

  it("[J02] whose code many enter at once belongs to one of them", async () => {
    for (let round = 0; round < rounds; round++) {
      // Seven of them enter what is not theirs; their address is forgiven that after an hour.
      story.clock.advance(3_600_001);
      const sessions: Browser[] = [];
      for (let session = 0; session < 8; session++) sessions.push(await story.signedIn());
      const { user_code } = await start();
      const forms = await Promise.all(sessions.map((browser) => browser.open("/device")));
      const press = (browser: Browser, index: number) => browser.submit(forms[index]!, "/device", { user_code });
      const pages = await Promise.all(sessions.map(press));
      expect(countWords(pages.map(({ status }) => String(status)))).toEqual({ 303: 1, 403: 7 });
      const owner = sessions[pages.findIndex(({ status }) => status === 303)]!;
      expect((await story.enter(owner, user_code)).url.pathname).toBe(consentPath);
    }
  });

  it("[J06] that is allowed and denied at once hears one answer, and the grant says the same", async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < rounds; round++) {
      const name = `guest${round}`;
      await story.addUser(name);
      const browser = await story.signedIn(name);
      const started = await start();
      const page = await story.enter(browser, started.user_code);
      const press = (index: number) => {
        const decision = (index + round) % 2 === 0 ? "allow" : "deny";
        return browser.submit(page, consentPath, { decision });
      };
      const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => press(index)));
      expect(new Set(answers.map(({ status, location }) => `${status} ${location?.pathname}`))).toEqual(
        new Set(["303 /device/done"]),
      );
      const { id, outcome } = await lastRow();
      outcomes.add(outcome!);
      expect(await deeds(id)).toEqual([`device.${outcome}`]);
      const users = await query(story.ctx, (db) => db.selectFrom("users").select("id").where("username", "=", name));
      const grants = await query(story.ctx, (db) =>
        db.selectFrom("grants").select("id").where("user_id", "=", users[0]!.id),
      );
      expect(grants).toHaveLength(outcome === "approved" ? 1 : 0);
      const [word] = await pollAtOnce(story, polls(started, 1));
      expect(word).toBe(outcome === "approved" ? "tokens" : "access_denied");
    }
    expect(outcomes.size).toBeGreaterThan(0);
  });
});
