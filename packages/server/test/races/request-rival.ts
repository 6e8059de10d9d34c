/**
 * One of several processes on one database: `node request-rival.ts <url> <configuration>`. Says "ready"; then answers each line of JSON, a
 * storm of requests, with what each of them was answered. Ends with its input.
 */
import { createInterface } from "node:readline";
import { openPlatform } from "../../src/testing/platform.ts";
import { sendAtOnce } from "./request-storm.ts";

const [url = "", file = "{}"] = process.argv.slice(2);
const platform = await openPlatform(async () => ({ url, drop: async () => {} }), { file: JSON.parse(file) });

console.log("ready");
for await (const line of createInterface(process.stdin)) {
  console.log(JSON.stringify(await sendAtOnce(platform, JSON.parse(line))));
}
await platform.close();
