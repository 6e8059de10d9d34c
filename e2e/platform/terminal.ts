/** A person's own terminal: the real `innkeeper` program, with nothing of the server's folder and profiles of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cleanEnvironment, type Ended, whenEnded } from "./place.ts";
import type { Visitor } from "./visitor.ts";

const program = fileURLToPath(new URL("../../packages/cli/src/main.ts", import.meta.url));
/** Nothing that a person waits for takes longer. */
const withinMs = 30_000;

type Environment = Record<string, string | undefined>;

export interface Begun {
  /** What it said until the pattern was in it. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  ended: Promise<Ended>;
}

export interface Terminal {
  /** `XDG_CONFIG_HOME`. */
  home: string;
  /** Where the profiles are. */
  profiles: string;
  run(args: string[], env?: Environment): Promise<Ended>;
  /** The answer with `--json`. @throws Error when it ends with anything but 0 */
  ask<Answer = Record<string, unknown>>(...args: string[]): Promise<Answer>;
  /** One that waits for a person. */
  begin(args: string[], env?: Environment): Begun;
  /** Signs in at the issuer as somebody who presses Allow in the browser, and shows the last page. */
  login(issuer: string, visitor: Visitor, more?: string[]): Promise<{ ended: Ended; page: Response; text: string }>;
  close(): Promise<void>;
}

/** There is a browser at hand, and it does nothing by itself. */
const atDesk = {
  DISPLAY: ":99",
  BROWSER: "true",
  SSH_CONNECTION: undefined,
  SSH_CLIENT: undefined,
  SSH_TTY: undefined,
};

export async function openTerminal(env: Environment = {}): Promise<Terminal> {
  const home = await mkdtemp(join(tmpdir(), "innkeeper-terminal-"));
  const running = new Set<ChildProcess>();

  // Nor is a desktop known here, which would open its own one.
  const folders = { XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, XDG_DATA_DIRS: home };

  const begin = (args: string[], more: Environment = {}): Begun => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: home,
      env: { ...cleanEnvironment(), ...atDesk, ...folders, ...env, ...more },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    const impatience = setTimeout(() => child.kill("SIGKILL"), withinMs);
    const ended = whenEnded(child).finally(() => {
      clearTimeout(impatience);
      running.delete(child);
    });
    let said = "";
    for (const stream of [child.stdout!, child.stderr!]) stream.on("data", (text) => (said += text));
    const until = (pattern: RegExp) =>
      new Promise<RegExpExecArray>((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(said);
          if (found) resolve(found);
        };
        for (const stream of [child.stdout!, child.stderr!]) stream.on("data", look);
        look();
        ended.then(({ code, stderr }) => reject(new Error(`it ended with ${code}: ${stderr}`)), reject);
      });
    return { until, ended };
  };
  const run = (args: string[], more?: Environment) => begin(args, more).ended;

  return {
    home,
    profiles: join(home, "innkeeper", "profiles.json"),
    begin,
    run,
    async ask<Answer>(...args: string[]) {
      const ended = await run([...args, "--json"]);
      if (ended.code === 0) return JSON.parse(ended.stdout) as Answer;
      throw new Error(`"innkeeper ${args.slice(0, 2).join(" ")}" ended with ${ended.code}: ${ended.stderr}`);
    },
    async login(issuer, visitor, more = []) {
      const begun = begin(["login", "--issuer", issuer, ...more]);
      const [, address] = await begun.until(/^ {2}(http\S+)\n/m);
      const page = await fetch(await visitor.answer(new URL(address!)));
      const text = await page.text();
      return { ended: await begun.ended, page, text };
    },
    async close() {
      for (const child of running) child.kill("SIGKILL");
      await rm(home, { recursive: true, force: true });
    },
  };
}
