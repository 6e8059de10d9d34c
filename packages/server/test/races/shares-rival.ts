/**
 * One of several processes on one database: `node shares-rival.ts <url>`. Says "ready"; then answers each line of JSON,
 * things to do to an app, with what every caller was told. Ends with its input.
 */
import { createInterface } from "node:readline";
import { doAll } from "./shares-storm.ts";
import { openTokenProcess } from "./token-process.ts";

const [url = ""] = process.argv.slice(2);
const { ctx, close } = await openTokenProcess(url);

console.log("ready");
for await (const line of createInterface(process.stdin)) {
  console.log(JSON.stringify(await doAll(ctx, JSON.parse(line))));
}
await close();
