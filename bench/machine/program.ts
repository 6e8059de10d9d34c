import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { pin } from "./cores.ts";
import type { Gauge } from "./gauge.ts";

/** A server in a process of its own. */
export interface Program {
  port: number;
  gauge(): Promise<Gauge>;
  stop(): Promise<void>;
}

export interface ProgramOptions {
  /** A script, as a path from `servers/` and its like: one folder below `bench/`. */
  script: string;
  args?: string[];
  env?: Record<string, string>;
  /** @default "server" */
  core?: "server" | "load";
  /** Options of Node. @default none */
  node?: string[];
}

const gauge = fileURLToPath(new URL("gauge.ts", import.meta.url));
const readyWithinMs = 30_000;

/** Answers when the program has written a line of JSON with `ready` and its port. */
export async function startProgram({
  script,
  args = [],
  env,
  core = "server",
  node = [],
}: ProgramOptions): Promise<Program> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const [command, ...rest] = [...pin(core), process.execPath, ...node, "--import", gauge, path, ...args];
  const child = spawn(command!, rest, {
    env: { ...cleanEnvironment(), ...env },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  return {
    port: await readiness(child, script),
    async gauge() {
      child.send("gauge");
      const [answer] = await once(child, "message");
      return answer as Gauge;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** The settings of another Innkeeper in the same shell must not reach the measured one. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const { PORT, HOST, DATABASE_URL, ...environment } = process.env;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("INNKEEPER_")));
}

function readiness(child: ChildProcess, script: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const giveUp = (why: string) => reject(new Error(`${script} ${why}`));
    setTimeout(() => giveUp("is not ready yet"), readyWithinMs).unref();
    child.once("exit", (code) => giveUp(`ended with code ${code}`));
    createInterface({ input: child.stdout! }).on("line", (line) => {
      if (line.startsWith('{"ready":true')) resolve(JSON.parse(line).port);
    });
  });
}
