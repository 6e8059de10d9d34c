/**
 * One of several processes on one database: `node token-rival.ts <url>`. Says "ready"; then answers each line of JSON
 * with one: a storm with its aftermath, bearers to watch with "watching", and "report" with what was seen of them.
 * Ends with its input.
 */
import { createInterface } from "node:readline";
import { setImmediate as nextTurn } from "node:timers/promises";
import { openTokenProcess } from "./token-process.ts";
import { storm } from "./token-storm.ts";

const [url = ""] = process.argv.slice(2);
const { tokens, feed, close } = await openTokenProcess(url);
feed.start();

/** Of one bearer; wall time, which all processes of the machine share. */
interface Sight {
  bearer: string;
  /** When the last check began that honoured it. */
  honouredAt: number;
  checksSince: number;
}

let sights: Sight[] = [];

/** A process that cannot tell, such as one whose connection timed out while it was stopped, answers 503 and honours nothing. */
async function isHonoured(bearer: string): Promise<boolean> {
  try {
    return (await tokens.verify(bearer)) !== undefined;
  } catch {
    return false;
  }
}

async function check(sight: Sight): Promise<void> {
  const began = Date.now();
  if (await isHonoured(sight.bearer)) Object.assign(sight, { honouredAt: began, checksSince: 0 });
  else sight.checksSince += 1;
}

async function watch(bearers: string[]): Promise<void> {
  sights = bearers.map((bearer) => ({ bearer, honouredAt: 0, checksSince: 0 }));
  const watched = sights;
  // Until memory alone answers for all of them.
  for (let asked = true; asked; ) {
    const verdicts = watched.map(({ bearer }) => tokens.verify(bearer));
    asked = verdicts.some((verdict) => verdict instanceof Promise);
    await Promise.all(verdicts);
  }
  const look = async () => {
    while (watched === sights) {
      for (const sight of watched) await check(sight);
      await nextTurn();
    }
  };
  void look();
}

/** Once every bearer was refused a hundred times in a row. */
async function report(): Promise<number[]> {
  while (sights.some(({ checksSince }) => checksSince < 100)) await nextTurn();
  const honouredAt = sights.map((sight) => sight.honouredAt);
  sights = [];
  return honouredAt;
}

async function answer(question: { storm?: Parameters<typeof storm>[1]; watch?: string[] }): Promise<unknown> {
  if (question.storm) return storm(tokens, question.storm);
  if (!question.watch) return report();
  await watch(question.watch);
  return "watching";
}

console.log("ready");
for await (const line of createInterface(process.stdin)) console.log(JSON.stringify(await answer(JSON.parse(line))));
sights = [];
await close();
