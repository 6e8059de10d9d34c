/**
 * One of several processes on one database: `node device-rival.ts <url>`. Says "ready"; then answers each line of JSON,
 * `{ clientId, deviceCode, polls }`, with what every poll was told. Ends with its input.
 */
import { createInterface } from "node:readline";
import { openPlatform } from "../../src/testing/platform.ts";
import { pollAtOnce } from "./device-storm.ts";

const [url = ""] = process.argv.slice(2);
const platform = await openPlatform(async () => ({ url, drop: async () => {} }));

console.log("ready");
for await (const line of createInterface(process.stdin)) {
  console.log(JSON.stringify(await pollAtOnce(platform, JSON.parse(line))));
}
await platform.close();
