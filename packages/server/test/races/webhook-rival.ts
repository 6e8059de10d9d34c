/**
 * One of several processes that bring apps what they are told: `node webhook-rival.ts <url> <origin> <ahead>`, where `ahead`
 * is by how many milliseconds its clock is in front. Says "ready", and works until its input ends.
 */
import { setTimeout as delay } from "node:timers/promises";
import { createCourier } from "../../src/apps/index.ts";
import { readConfig } from "../../src/config/read-config.ts";
import { createChanges } from "../../src/events/index.ts";
import { createOutbound } from "../../src/http/outbound.ts";
import { silentLog as log } from "../../src/kernel/log.ts";
import { systemRandom } from "../../src/kernel/random.ts";
import { openSeals } from "../../src/keys/index.ts";
import { openStore } from "../../src/store/index.ts";

const [url = "", origin = "", ahead = "0"] = process.argv.slice(2);
const clock = { now: () => Date.now() + Number(ahead), monotonic: () => performance.now() };
const random = systemRandom(clock);
const config = readConfig({
  issuer: "https://id.acme.example",
  secrets: ["a secret of the tests, long enough for all"],
  file: { outbound: { allowOrigins: [origin] } },
});
const store = await openStore({ url, clock, random });
const outbound = createOutbound(config.outbound);
const ctx = { db: store.db, clock, random, config, log, changes: createChanges(), outbound };
const courier = createCourier(ctx, (await openSeals(ctx)).lasting);

let ended = false;
process.stdin.on("end", () => {
  ended = true;
});
process.stdin.resume();
console.log("ready");
while (!ended) {
  await courier.begin();
  await delay(2);
}
await courier.idle();
await store.close();
