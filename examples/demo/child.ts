import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";

export interface ChildOptions {
  /** How it is called in sentences. */
  name: string;
  program: string;
  args?: string[];
  env?: Record<string, string>;
  /** Everything it says goes here. */
  logFile: string;
}

export interface Child {
  /** Its first line: JSON with `"ready": true`. */
  ready: Promise<void>;
  /** Resolves when it ends, with a sentence about how. */
  ended: Promise<string>;
  /** SIGTERM, and SIGKILL for one that does not listen. */
  stop(): Promise<void>;
}

const readyWithinMs = 60_000;
/** Innkeeper lets streams under way end for 30 seconds. */
const stopWithinMs = 40_000;
const lastWordsLines = 12;

/** Another program of the demo, in a process of its own, under the Node that runs this one. */
export function startChild(options: ChildOptions): Child {
  const log = openSync(options.logFile, "w", 0o600);
  const child = spawn(process.execPath, [options.program, ...(options.args ?? [])], {
    env: { ...cleanEnvironment(), ...options.env },
    stdio: ["ignore", "pipe", log],
    // A group of its own: Ctrl-C reaches the demo alone, which then stops its children in order.
    detached: true,
  });
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(`${options.name} could not be started: ${error.message}`));
    child.once("close", (code, signal) => {
      closeSync(log);
      resolve(`${options.name} stopped (${signal ?? `code ${code}`}).`);
    });
  });
  const ready = Promise.race([
    saidReady(child, log),
    ended.then((sentence) => giveUp(sentence, options.logFile)),
    tooLate(options),
  ]);
  return { ready, ended, stop: () => stop(child, ended) };
}

/** The demo has its own settings; those of a real Innkeeper in the same shell must not reach it. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const { PORT, HOST, DATABASE_URL, ...environment } = process.env;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("INNKEEPER_")));
}

function saidReady(child: ChildProcess, log: number): Promise<void> {
  return new Promise((resolve) => {
    createInterface({ input: child.stdout! }).on("line", (line) => {
      if (line.includes('"ready":true')) resolve();
      writeSync(log, `${line}\n`);
    });
  });
}

function giveUp(sentence: string, logFile: string): never {
  const lastWords = readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-lastWordsLines).join("\n");
  throw new Error(`${sentence} Its last words, from ${logFile}:\n${lastWords}`);
}

function tooLate({ name, logFile }: ChildOptions): Promise<never> {
  return new Promise((_, reject) => {
    const sentence = `${name} was not ready within a minute; see ${logFile}.`;
    setTimeout(() => reject(new Error(sentence)), readyWithinMs).unref();
  });
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill("SIGTERM");
  const impatience = setTimeout(() => child.kill("SIGKILL"), stopWithinMs);
  await ended;
  clearTimeout(impatience);
}
