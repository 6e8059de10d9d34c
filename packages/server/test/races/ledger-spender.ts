/**
 * One of several processes that spend from one purse: `node ledger-spender.ts <url>`. Says "ready"; then, for each storm
 * it reads as a line of JSON, prints a line `{ admitted, open, refused }`. Ends with its input.
 */

import { createInterface } from "node:readline";
import { readConfig } from "../../src/config/read-config.ts";
import { createChanges } from "../../src/events/index.ts";
import { createOutbound } from "../../src/http/outbound.ts";
import { systemClock as clock } from "../../src/kernel/clock.ts";
import { silentLog as log } from "../../src/kernel/log.ts";
import { systemRandom } from "../../src/kernel/random.ts";
import { createLedger } from "../../src/ledger/index.ts";
import { openStore } from "../../src/store/index.ts";
import { storm } from "./ledger-storm.ts";

const [url = ""] = process.argv.slice(2);
const random = systemRandom(clock);
const store = await openStore({ url, clock, random });
const config = readConfig({
  issuer: "https://id.acme.example",
  secrets: ["long enough for the tests, all of them"],
  file: {},
});
const ctx = {
  db: store.db,
  clock,
  random,
  config,
  log,
  changes: createChanges(),
  outbound: createOutbound(config.outbound),
};
const ledger = createLedger();

console.log("ready");
for await (const line of createInterface(process.stdin)) {
  console.log(JSON.stringify(await storm(ctx, ledger, JSON.parse(line))));
}
await store.close();
