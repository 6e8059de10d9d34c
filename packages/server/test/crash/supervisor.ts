import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { seed } from "./seed.ts";
import { openRecordingUpstream } from "./upstream.ts";
import { filesOf, type World } from "./world.ts";

export const commandLine = fileURLToPath(new URL("../../../cli/src/main.ts", import.meta.url));
const loadGenerator = fileURLToPath(new URL("load.ts", import.meta.url));

export interface RunOptions {
  folder: string;
  kills: number;
  /** @default 32 */
  clients?: number;
  /** How long everybody goes on after the last kill. @default 0 */
  afterwardsMs?: number;
  /** What is started: understands `start --json` and the environment of the command line. @default the command line */
  program?: string;
}

export interface Run {
  /** Milliseconds from the start of a process to its word that it is ready; those killed before are left out. */
  readyMs: number[];
  /** Exits that nobody caused. */
  unexplained: string[];
}

/** Every fifth process dies while it is starting, the others soon after they are ready: milliseconds. */
const duringStart = { every: 5, after: 200, within: 500 };
/** A machine that needs long to start needs long to answer: each is given up to the time that it took to be ready. */
const shortestLifeMs = 50;

/**
 * Kills the server with SIGKILL again and again, while a load generator works on it, and starts it again on the same
 * data. In the end everybody is let finish, and the server is asked to end.
 */
export async function killAgainAndAgain({
  folder,
  kills,
  clients = 32,
  afterwardsMs = 0,
  program = commandLine,
}: RunOptions): Promise<Run> {
  const files = filesOf(folder);
  for (const path of [files.produced, files.journal]) writeFileSync(path, "");
  const upstream = await openRecordingUpstream(files.produced);
  const world = await seed(folder, upstream.baseUrl, clients);
  const run: Run = { readyMs: [], unexplained: [] };
  const load = spawn(process.execPath, [loadGenerator, folder], { stdio: ["pipe", "inherit", "inherit"] });
  const loadEnded = once(load, "exit");
  let server: Server | undefined;
  try {
    for (let kill = 0; kill < kills; kill++) {
      server = startServer(folder, world, program);
      if (kill % duringStart.every === 0) await pause(duringStart.after + Math.random() * duringStart.within);
      else {
        const readyMs = await server.ready;
        run.readyMs.push(readyMs);
        await pause(shortestLifeMs + Math.random() * readyMs);
      }
      if (server.child.exitCode !== null) run.unexplained.push(`a server ended with ${server.child.exitCode}`);
      server.child.kill("SIGKILL");
      await server.ended;
    }
    server = startServer(folder, world, program);
    run.readyMs.push(await server.ready);
    await pause(afterwardsMs);
    load.stdin.write("finish\n");
    const [code] = await loadEnded;
    if (code !== 0) run.unexplained.push(`the load generator ended with ${code}`);
    server.child.kill("SIGTERM");
    await server.ended;
    if (server.child.exitCode !== 0) run.unexplained.push(`SIGTERM: ended with ${server.child.exitCode}`);
  } finally {
    server?.child.kill("SIGKILL");
    load.kill("SIGKILL");
    await upstream.close();
  }
  return run;
}

interface Server {
  child: ChildProcess;
  /** Milliseconds since the start. */
  ready: Promise<number>;
  ended: Promise<unknown>;
}

function startServer(folder: string, { issuer, port, secret }: World, program: string): Server {
  const files = filesOf(folder);
  const started = performance.now();
  const log = openSync(files.log, "a");
  const child = spawn(process.execPath, [program, "start", "--json"], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      INNKEEPER_ISSUER: issuer,
      INNKEEPER_DATA: files.data,
      INNKEEPER_CONFIG: files.config,
      INNKEEPER_SECRET: secret,
      INNKEEPER_LOG_LEVEL: "error",
    },
    stdio: ["ignore", "pipe", log],
  });
  closeSync(log);
  const ended = once(child, "exit");
  const ready = Promise.race([
    once(child.stdout!, "data").then(() => performance.now() - started),
    ended.then(([code, signal]) => {
      throw new Error(`the server ended with ${code ?? signal} before it was ready; see ${files.log}`);
    }),
  ]);
  // Whoever kills it during its start does not wait for it.
  ready.catch(() => {});
  return { child, ready, ended };
}
