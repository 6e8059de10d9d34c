import type { IncomingMessage, ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databases, openPlatform, type Platform } from "../../src/testing/index.ts";
import { type Elsewhere, openElsewhere } from "../flows/elsewhere.ts";
import { fileFor, leave, traces } from "../flows/upstream-stage.ts";
import { count, type Rival, type Storm, sendAtOnce, startRival } from "./request-storm.ts";

const rounds = process.env.INNKEEPER_FULL === "1" ? 20 : 2;
/** In each of two processes. */
const times = 10;
const people = Object.fromEntries(
  Array.from({ length: 2 * rounds + 2 }, (_, each) => [`s-${each}`, { email: `s-${each}@x.example` }]),
);

describe.each(databases)("signing in with an account elsewhere over two processes on $name", ({ open }) => {
  let elsewhere: Elsewhere;
  let platform: Platform;
  let rival: Rival;
  let seen = 0;
  let networks = 0;

  beforeAll(async () => {
    elsewhere = await openElsewhere("school", people);
    platform = await openPlatform(open, { file: fileFor(elsewhere) });
    rival = await startRival(platform.url, fileFor(elsewhere));
  });
  afterAll(async () => {
    await rival.stop();
    await platform.close();
    elsewhere.close();
  });

  /** Somebody on the way back from there, as their browser would arrive. */
  async function comingBack(subject: string): Promise<Omit<Storm, "times">> {
    // Everybody from a network of their own: what one network may do has an end.
    const peer = `198.51.${++networks >> 8}.${networks & 255}`;
    const browser = platform.browser(peer);
    const { pathname, search } = await elsewhere.signIn(await leave(browser), subject);
    const headers = { cookie: [...browser.cookies].map((pair) => pair.join("=")).join("; ") };
    return { path: pathname + search, method: "GET", headers, peer };
  }
  const entered = (answers: readonly string[]) => answers.filter((answer) => answer.startsWith("303"));

  it("[U04][R05] an answer counts once, even where the provider honours its code again and again", async () => {
    for (let round = 0; round < rounds; round++) {
      const before = await traces(platform);
      const storm = await comingBack(`s-${seen++}`);
      elsewhere.meddle = honourAgain();
      const answers = (
        await Promise.all([sendAtOnce(platform, { ...storm, times }), rival.send({ ...storm, times })])
      ).flat();
      elsewhere.meddle = undefined;
      expect(count(answers)).toEqual({ "303 /account/connected": 1, 400: 2 * times - 1 });
      const after = await traces(platform);
      expect(after.users).toHaveLength(before.users.length + 1);
      expect(after.identities).toHaveLength(before.identities.length + 1);
      expect(after.sessions).toHaveLength(before.sessions.length + 1);
    }
  });

  it("[U06][R05] somebody who comes for the first time in two browsers at once gets one account", async () => {
    for (let round = 0; round < rounds; round++) {
      const before = await traces(platform);
      const subject = `s-${seen++}`;
      const [one, other] = [await comingBack(subject), await comingBack(subject)];
      const answers = await Promise.all([
        sendAtOnce(platform, { ...one, times: 1 }),
        rival.send({ ...other, times: 1 }),
      ]);
      expect(entered(answers.flat())).toHaveLength(2);
      const after = await traces(platform);
      expect(after.users).toHaveLength(before.users.length + 1);
      expect(after.sessions).toHaveLength(before.sessions.length + 2);
    }
  });
});

/** Gives whoever asks for tokens what the first one was given: so only the platform itself can tell the second use. */
function honourAgain(): Elsewhere["meddle"] {
  let first: Promise<string> | undefined;
  return (request: IncomingMessage, response: ServerResponse) => {
    if (request.url !== "/token") return false;
    if (first) {
      request.resume();
      void first.then((body) => response.writeHead(200, { "content-type": "application/json" }).end(body));
      return true;
    }
    first = new Promise((tell) => {
      const end = response.end.bind(response);
      response.end = ((body?: unknown, ...more: never[]) => {
        tell(String(body));
        return end(body as string, ...more);
      }) as typeof response.end;
    });
    return false;
  };
}
