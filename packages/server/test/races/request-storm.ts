import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { ConfigFile } from "../../src/config/read-config.ts";
import type { Browser, Page } from "../../src/testing/browser.ts";
import type { Platform } from "../../src/testing/platform.ts";

/** One request, sent many times at once. */
export interface Storm {
  path: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
  peer: string;
  times: number;
}

/** What each was answered: the status and, if it leads somewhere, where. */
export function sendAtOnce({ fetch }: Pick<Platform, "fetch">, { path, times, ...init }: Storm): Promise<string[]> {
  const send = async () => {
    const answer = await fetch(path, init);
    await answer.arrayBuffer();
    const location = answer.headers.get("location");
    return location === null ? String(answer.status) : `${answer.status} ${location}`;
  };
  return Promise.all(Array.from({ length: times }, send));
}

/** Another process on the same database. */
export interface Rival {
  send(storm: Storm): Promise<string[]>;
  stop(): Promise<void>;
}

export async function startRival(url: string, file: ConfigFile = {}): Promise<Rival> {
  const script = fileURLToPath(new URL("request-rival.ts", import.meta.url));
  const child = spawn(process.execPath, [script, url, JSON.stringify(file)], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  await lines.next();
  return {
    async send(storm) {
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

/** How often each answer was given. */
export function count(answers: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1;
  return counts;
}

/** The form as this browser would send it. */
export function formOf(
  page: Page,
  browser: Browser,
  path: string,
  values: Record<string, string>,
): Omit<Storm, "peer" | "times"> {
  const form = page.text.slice(page.text.indexOf(`action="${path}"`));
  const hidden = [
    ...form.slice(0, form.indexOf("</form>")).matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g),
  ];
  const body = new URLSearchParams(hidden.map(([, name = "", value = ""]) => [name, value]));
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const headers = { cookie, "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
  return { path, method: "POST", headers, body: body.toString() };
}
