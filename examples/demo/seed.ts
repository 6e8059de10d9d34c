import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface Guest {
  username: string;
  password: string;
}

export interface Seeds {
  /** Somebody with an account and some credit. */
  maya: Guest;
  /** Who runs the platform. */
  olive: Guest;
  app: { clientId: string; clientSecret: string };
}

export interface SeedOptions {
  folder: string;
  /** The command line of Innkeeper, and what every command of it is given. */
  program: string;
  cli: string[];
  callback: string;
}

type Name = "maya" | "olive";

interface Remembered {
  passwords: Record<Name, string>;
  made: Name[];
  app?: Seeds["app"];
}

export const credit = "25.00";
const particulars: Record<Name, string[]> = { maya: ["--credit", credit], olive: ["--admin"] };
const scopes = ["openid", "profile", "email", "offline_access", "gateway:access"];

/** Two users and the demo app, by the command line. Everything is made once and remembered in the folder. */
export async function seed({ folder, program, cli, callback }: SeedOptions): Promise<Seeds> {
  const file = join(folder, "demo.json");
  const seeded: Remembered = existsSync(file)
    ? JSON.parse(readFileSync(file, "utf8"))
    : { passwords: { maya: newPassword(), olive: newPassword() }, made: [] };
  const remember = () => writeFileSync(file, `${JSON.stringify(seeded, null, 2)}\n`, { mode: 0o600 });
  const innkeeper = (...args: string[]) => runInnkeeper(program, [...args, ...cli]);

  // Written first: if this process dies in between, the next one still knows the passwords.
  remember();
  for (const name of ["maya", "olive"] as const) {
    if (seeded.made.includes(name)) continue;
    const who = ["--username", name, "--email", `${name}@fennick.example`, "--password", seeded.passwords[name]];
    await innkeeper("users", "create", ...who, ...particulars[name]);
    seeded.made.push(name);
    remember();
  }
  if (!seeded.app) {
    const wanted = scopes.flatMap((scope) => ["--scope", scope]);
    const made = await innkeeper(
      "apps",
      "create",
      "--owner",
      "maya",
      "--name",
      "Storyteller",
      "--redirect-uri",
      callback,
      ...wanted,
    );
    seeded.app = { clientId: made.client_id!, clientSecret: made.client_secret! };
    remember();
  }
  const guest = (username: Name) => ({ username, password: seeded.passwords[username] });
  return { maya: guest("maya"), olive: guest("olive"), app: seeded.app };
}

function newPassword(): string {
  return randomBytes(12).toString("base64url");
}

/** What a command of Innkeeper answers. Its arguments hold a password, so a failure tells only what it said itself. */
async function runInnkeeper(program: string, args: string[]): Promise<Record<string, string>> {
  const { stdout } = await run(process.execPath, [program, ...args]).catch(({ stderr }: { stderr: string }) => {
    const advice = "If .demo/ is half made, delete it and start again.";
    throw new Error(`"innkeeper ${args.slice(0, 2).join(" ")}" was refused: ${stderr.trim()}\n${advice}`);
  });
  return JSON.parse(stdout);
}
