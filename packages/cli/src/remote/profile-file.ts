import { randomBytes } from "node:crypto";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { CommandFault } from "../process/answer.ts";
import { withLock } from "./lock.ts";
import { type Profiles, parseProfiles } from "./profile.ts";

/** `INNKEEPER_PROFILES`, or where the system keeps what belongs to one user (XDG Base Directory). */
export function profilesPath(env: NodeJS.ProcessEnv = process.env): string {
  if (env.INNKEEPER_PROFILES) return resolve(env.INNKEEPER_PROFILES);
  return join(env.XDG_CONFIG_HOME || join(homedir(), ".config"), "innkeeper", "profiles.json");
}

/** @throws CommandFault when others could read it, or it is not what this program wrote. */
export async function readProfiles(): Promise<Profiles> {
  const path = profilesPath();
  let file: FileHandle;
  try {
    file = await open(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return { current: null, profiles: {} };
    throw new CommandFault(`The profiles in ${path} cannot be read (${code}).`);
  }
  try {
    await refuseShared(file, path);
    const profiles = parseProfiles(await file.readFile("utf8"));
    if (profiles) return profiles;
  } finally {
    await file.close();
  }
  throw new CommandFault(`${path} does not hold profiles. Move it away and sign in again.`);
}

/** On Windows nobody can tell. */
async function refuseShared(file: FileHandle, path: string): Promise<void> {
  if (process.platform === "win32") return;
  const { mode, uid } = await file.stat();
  if (uid !== process.getuid!()) throw new CommandFault(`${path} belongs to another user of this computer.`);
  if ((mode & 0o077) !== 0) {
    throw new CommandFault(`Others on this computer can read ${path}. Run: chmod 600 ${path}`);
  }
}

/** Reads, changes and writes while no other process does. What `change` answers, this answers. */
export async function changeProfiles<T>(change: (profiles: Profiles) => T | Promise<T>): Promise<T> {
  const path = profilesPath();
  await mkdir(dirname(path), { recursive: true, mode: 0o700 }).catch(({ code }: NodeJS.ErrnoException) => {
    throw new CommandFault(`There is no room for profiles at ${path} (${code}).`);
  });
  return withLock(`${path}.lock`, async () => {
    const profiles = await readProfiles();
    const before = JSON.stringify(profiles);
    const answer = await change(profiles);
    if (JSON.stringify(profiles) !== before) await replace(path, `${JSON.stringify(profiles, null, 2)}\n`);
    return answer;
  });
}

/** Whoever reads sees the old file or the new one, also after a power cut. */
async function replace(path: string, text: string): Promise<void> {
  const fresh = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    const file = await open(fresh, "wx", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw new CommandFault(`The profiles cannot be written to ${path} (${(error as NodeJS.ErrnoException).code}).`);
  }
}
