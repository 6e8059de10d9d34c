import { randomBytes } from "node:crypto";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigMistakes } from "@innkeeper/server";
import { makeDataFolder, refuseFolder } from "./data-folder.ts";

/**
 * The secrets, newest first: from the environment (several are separated by blanks or commas), else the one that was
 * generated into the data folder with mode 0600. Processes that share a database must be given theirs.
 */
export async function readSecrets(from: {
  env: string | undefined;
  folder: string;
  shared: boolean;
}): Promise<string[]> {
  if (from.env !== undefined) return from.env.split(/[\s,]+/).filter((secret) => secret !== "");
  if (from.shared) {
    throw new ConfigMistakes([
      "INNKEEPER_SECRET: is needed with PostgreSQL, the same for every process; make one with: openssl rand -base64 32",
    ]);
  }
  await makeDataFolder(from.folder);
  const file = join(from.folder, "secret");
  try {
    await writeFile(file, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
    await chmod(file, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") refuseFolder(from.folder, error as NodeJS.ErrnoException);
  }
  const secret = await readFile(file, "utf8").catch((error) => refuseFolder(from.folder, error));
  return [secret.trim()];
}
