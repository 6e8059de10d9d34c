import { mkdir } from "node:fs/promises";
import { ConfigMistakes } from "@innkeeper/server";

/**
 * The folder of the embedded database and of the secret, for nobody else to read.
 * @throws ConfigMistakes when there can be no such folder.
 */
export async function makeDataFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 }).catch((error) => refuseFolder(path, error));
}

/** @throws ConfigMistakes with what the system's word about the folder means. */
export function refuseFolder(path: string, { code = "", message }: NodeJS.ErrnoException): never {
  throw new ConfigMistakes([`INNKEEPER_DATA: ${path} cannot be the data folder: ${reasons[code] ?? message}`]);
}

const reasons: Record<string, string> = {
  EEXIST: "a file stands where the folder should be",
  ENOTDIR: "a file stands where a folder should be",
  EACCES: "its permissions forbid it",
  EPERM: "its permissions forbid it",
  EROFS: "it can only be read",
  ENOSPC: "the disk is full",
};
