/** A folder with a configuration in it, and the real `innkeeper` program run on it. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../packages/cli/src/main.ts", import.meta.url));

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  pid: number;
  /** The line it printed when it was ready. */
  ready: Record<string, unknown>;
  /** Everything it has said until now, on both streams. */
  said(): string;
  signal(name: NodeJS.Signals): void;
  ended: Promise<Ended>;
}

export interface Place {
  folder: string;
  issuer: string;
  port: number;
  /** `innkeeper start`, ready. `port` for a second server beside the first. */
  start(options?: { port?: number; env?: Environment }): Promise<Running>;
  /** One command, its answer parsed. @throws Error when it ends with anything but 0 */
  command(...args: string[]): Promise<Record<string, unknown>>;
  /** One command to its end, whatever that is; its arguments stand alone. */
  run(args: string[], env?: Environment): Promise<Ended>;
  /** Ends what still runs, and leaves nothing behind. */
  close(): Promise<void>;
}

type Environment = Record<string, string | undefined>;

export interface PlaceOptions {
  /** What stands in `innkeeper.config.json`. */
  file?: object;
  /** For every start and command. */
  env?: Environment;
}

/** A command that has not ended by then never will. */
const commandWithinMs = 30_000;

export async function openPlace({ file = {}, env = {} }: PlaceOptions = {}): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "innkeeper-place-"));
  const configFile = join(folder, "innkeeper.config.json");
  await writeFile(configFile, JSON.stringify(file));
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const always = ["--config", configFile, "--data", join(folder, "data"), "--issuer", issuer, "--json"];
  const servers: ChildProcess[] = [];
  const spawnIn = (args: string[], more: Environment = {}) =>
    spawn(process.execPath, [program, ...args], {
      cwd: folder,
      env: { ...cleanEnvironment(), ...env, ...more },
      stdio: ["ignore", "pipe", "pipe"],
    });

  const run = (args: string[], more?: Environment) => {
    const child = spawnIn(args, more);
    const impatience = setTimeout(() => child.kill("SIGKILL"), commandWithinMs);
    return whenEnded(child).finally(() => clearTimeout(impatience));
  };

  return {
    folder,
    issuer,
    port,
    run,
    async start({ port: ownPort = port, env: more } = {}) {
      const child = spawnIn(["start", ...always, "--port", String(ownPort)], more);
      servers.push(child);
      return whenReady(child);
    },
    async command(...args) {
      const ended = await run([...args, ...always]);
      if (ended.code === 0) return JSON.parse(ended.stdout);
      throw new Error(`"innkeeper ${args.slice(0, 2).join(" ")}" ended with ${ended.code}: ${ended.stderr}`);
    },
    async close() {
      for (const child of servers) {
        const gone = child.exitCode !== null || child.signalCode !== null;
        if (!gone && child.kill("SIGKILL")) await new Promise((resolve) => child.once("close", resolve));
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** What whoever runs the tests has set for an Innkeeper of his own must not reach ours. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const { PORT, HOST, DATABASE_URL, ...environment } = process.env;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("INNKEEPER_")));
}

export function whenEnded(child: ChildProcess): Promise<Ended> {
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream]!.setEncoding("utf8").on("data", (text: string) => {
      said[stream] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, ...said }));
  });
}

function whenReady(child: ChildProcess): Promise<Running> {
  let said = "";
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on("data", (text) => {
      said += text;
    });
  }
  const ended = whenEnded(child);
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout! }).on("line", (line) => {
      if (!line.startsWith('{"ready":true')) return;
      const signal = (name: NodeJS.Signals) => void child.kill(name);
      resolve({ pid: child.pid!, ready: JSON.parse(line), said: () => said, signal, ended });
    });
    ended.then(({ code }) => reject(new Error(`the server ended with ${code}: ${said}`)), reject);
  });
}
