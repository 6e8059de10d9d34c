/**
 * Another process on one database, whose clock it is told: `node deletion-rival.ts <url>`. Says "ready"; then answers each
 * line, a time, with how many deletions it finished that are due then. Ends with its input.
 */
import { createInterface } from "node:readline";
import { finishDeletions } from "../../src/personal-data/index.ts";
import { manualClock } from "../../src/testing/clock.ts";
import { openCtx } from "../../src/testing/open-ctx.ts";

const [url = ""] = process.argv.slice(2);
const clock = manualClock();
// Its seed is no other process's, and so are its ids.
const { ctx, close } = await openCtx(async () => ({ url, drop: async () => {} }), { clock, seed: process.pid });

console.log("ready");
for await (const line of createInterface(process.stdin)) {
  const [now, rounds] = JSON.parse(line) as [now: number, rounds: number];
  clock.advance(now - clock.now());
  let finished = 0;
  for (let round = 0; round < rounds; round++) finished += await finishDeletions(ctx);
  console.log(finished);
}
await close();
