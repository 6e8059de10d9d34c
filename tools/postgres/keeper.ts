/**
 * Keeps one PostgreSQL for tests: makes a fresh cluster in a temporary folder, starts it on a free port, prints its
 * URL, and when its input ends (the parent is done, or dead for whatever reason) stops it and leaves nothing behind.
 *
 *     node tools/postgres/keeper.ts        # by hand: Ctrl-D ends it
 */
import { spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postgresAccount, preparePostgres } from "./binaries.ts";

const password = "innkeeper";

const account = postgresAccount();
const folder = mkdtempSync(join(roomyMemory() ?? publicFolder(), "innkeeper-postgres-"));
if (account.uid !== undefined && account.gid !== undefined) chownSync(folder, account.uid, account.gid);
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

const programs = preparePostgres(account, folder);
const data = join(folder, "data");
initialise();
const port = await freePort();
const server = startServer();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
process.stdin.on("end", stop).on("error", stop).resume();
await answering();
process.stdout.write(`postgres://postgres:${password}@127.0.0.1:${port}/postgres\n`);

/**
 * Linux's folder in memory, if it has room. The server keeps its safe settings, but nothing waits for a disk: a database
 * is made in a tenth of the time. What tests of crashes need, survival of a killed process, memory gives as well.
 */
function roomyMemory(): string | undefined {
  const shared = "/dev/shm";
  if (!existsSync(shared)) return undefined;
  const { bavail, bsize } = statfsSync(shared);
  return bavail * bsize > 4 * 2 ** 30 ? shared : undefined;
}

/** Root's own temporary folder may be closed to the account that PostgreSQL runs as. */
function publicFolder(): string {
  return account.uid === undefined ? tmpdir() : "/tmp";
}

function initialise(): void {
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password);
  const flags = [`--pgdata=${data}`, "--username=postgres", `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
  // --no-sync is about this first write only; the server itself runs with fsync on.
  const made = spawnSync(programs.initdb, [...flags, "--encoding=UTF8", "--locale=C", "--no-sync"], {
    ...account,
    cwd: folder,
    encoding: "utf8",
  });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
}

function startServer() {
  const settings = { listen_addresses: "127.0.0.1", unix_socket_directories: "", max_connections: 200, port };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(programs.postgres, ["-D", data, ...flags], {
    ...account,
    cwd: folder,
    detached: true, // Ctrl-C in a terminal must reach us only, so that the tests' last queries still find it alive.
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, LC_ALL: "C", PGTZ: "UTC" },
  });
  child.on("close", (code) => process.exit(code ?? 1));
  return child;
}

/** SIGINT is PostgreSQL's "fast shutdown": sessions are cut, files are closed cleanly. */
function stop(): void {
  server.kill("SIGINT");
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, "127.0.0.1", done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

/** Reads the server's log until it says that it is ready; from then on the log is drained and dropped. */
function answering(): Promise<void> {
  return new Promise((ready) => {
    let log = "";
    const read = (chunk: Buffer) => {
      log += chunk;
      if (!log.includes("database system is ready to accept connections")) return;
      server.off("exit", report);
      server.stderr.off("data", read).resume();
      ready();
    };
    const report = () => console.error(log);
    server.once("exit", report);
    server.stderr.on("data", read);
  });
}
