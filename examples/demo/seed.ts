import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface Guest {
  username: string;
  password: string;
  /** Dollars. */
  credit: string;
}

export interface SeedOptions {
  folder: string;
  /** The command line of Innkeeper, and what every command of it is given. */
  program: string;
  cli: string[];
  callback: string;
}

interface Seeded {
  password: string;
  hasGuest?: boolean;
  app?: { clientId: string; clientSecret: string };
}

const username = "maya";
const credit = "25.00";
const scopes = ["openid", "profile", "email", "offline_access", "gateway:access"];

/** One user with credit, and the demo app, by the command line. Everything is made once and remembered in the folder. */
export async function seed({
  folder,
  program,
  cli,
  callback,
}: SeedOptions): Promise<{ guest: Guest; app: NonNullable<Seeded["app"]> }> {
  const file = join(folder, "demo.json");
  const seeded: Seeded = existsSync(file)
    ? JSON.parse(readFileSync(file, "utf8"))
    : { password: randomBytes(12).toString("base64url") };
  const remember = () => writeFileSync(file, `${JSON.stringify(seeded, null, 2)}\n`, { mode: 0o600 });
  const innkeeper = (...args: string[]) => runInnkeeper(program, [...args, ...cli]);

  // Written first: if this process dies in between, the next one still knows the password.
  remember();
  if (!seeded.hasGuest) {
    const email = `${username}@fennick.example`;
    await innkeeper(
      "users",
      "create",
      "--username",
      username,
      "--email",
      email,
      "--password",
      seeded.password,
      "--credit",
      credit,
    );
    seeded.hasGuest = true;
    remember();
  }
  if (!seeded.app) {
    const wanted = scopes.flatMap((scope) => ["--scope", scope]);
    const made = await innkeeper(
      "apps",
      "create",
      "--owner",
      username,
      "--name",
      "Storyteller",
      "--redirect-uri",
      callback,
      ...wanted,
    );
    seeded.app = { clientId: made.client_id!, clientSecret: made.client_secret! };
    remember();
  }
  return { guest: { username, password: seeded.password, credit }, app: seeded.app };
}

/** What a command of Innkeeper answers. Its arguments hold a password, so a failure tells only what it said itself. */
async function runInnkeeper(program: string, args: string[]): Promise<Record<string, string>> {
  const { stdout } = await run(process.execPath, [program, ...args]).catch(({ stderr }: { stderr: string }) => {
    const advice = "If .demo/ is half made, delete it and start again.";
    throw new Error(`"innkeeper ${args.slice(0, 2).join(" ")}" was refused: ${stderr.trim()}\n${advice}`);
  });
  return JSON.parse(stdout);
}
