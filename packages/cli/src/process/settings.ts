import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Config, type ConfigFile, ConfigMistakes, readConfig } from "@innkeeper/server";
import { readSecrets } from "./secrets.ts";

const usualPort = 8420;

/** What the process itself may be told in the file; the environment and then the flags win over it. */
export interface ProcessFile {
  /** @default 8420, environment PORT, flag --port */
  port?: number;
  /** @default "127.0.0.1", environment HOST, flag --host */
  host?: string;
  /** @default "http://localhost:<port>", environment INNKEEPER_ISSUER, flag --issuer */
  issuer?: string;
  /** The folder of the embedded database and of the generated secret. @default "./data", environment INNKEEPER_DATA, flag --data */
  data?: string;
  /** `postgres://…` instead of the embedded database. Environment DATABASE_URL, flag --database */
  databaseUrl?: string;
}

/** The whole of `innkeeper.config.ts` or `innkeeper.config.json`. */
export type InnkeeperConfig = ProcessFile & ConfigFile;

export interface Flags {
  config?: string;
  port?: string;
  host?: string;
  issuer?: string;
  data?: string;
  database?: string;
}

export interface Settings {
  port: number;
  host: string;
  data: string;
  /** `sqlite:<file>` or `postgres://…` */
  databaseUrl: string;
  config: Config;
}

/**
 * File, environment and flags, in rising order.
 * @throws ConfigMistakes with everything that is wrong.
 */
export async function loadSettings(flags: Flags, env: NodeJS.ProcessEnv = process.env): Promise<Settings> {
  const mistakes: string[] = [];
  const file = await attempt(mistakes, () => readFileOf(flags.config ?? env.INNKEEPER_CONFIG));
  const { port: filePort, host, issuer, data, databaseUrl: fileUrl, ...rest } = file ?? {};
  const port = (await attempt(mistakes, () => readPort(flags.port ?? env.PORT ?? filePort ?? usualPort))) ?? usualPort;
  const folder = resolve(flags.data ?? env.INNKEEPER_DATA ?? String(data ?? "data"));
  const url = flags.database ?? env.DATABASE_URL ?? fileUrl;
  const databaseUrl = url === undefined ? undefined : await attempt(mistakes, () => readDatabaseUrl(url));
  // Which folder a secret belongs into may stand in a file that cannot be read.
  const secrets =
    file || env.INNKEEPER_SECRET !== undefined
      ? await attempt(mistakes, () => readSecrets({ env: env.INNKEEPER_SECRET, folder, shared: url !== undefined }))
      : undefined;
  const origin = flags.issuer ?? env.INNKEEPER_ISSUER ?? String(issuer ?? `http://localhost:${port}`);
  return {
    port,
    host: flags.host ?? env.HOST ?? String(host ?? "127.0.0.1"),
    data: folder,
    databaseUrl: databaseUrl ?? `sqlite:${resolve(folder, "innkeeper.sqlite")}`,
    config: readConfig({ issuer: origin, secrets, file: rest }, mistakes),
  };
}

/** Goes on where something is wrong, so that all of it is told together. */
async function attempt<T>(mistakes: string[], read: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ConfigMistakes)) throw error;
    mistakes.push(...error.mistakes);
    return undefined;
  }
}

async function readFileOf(asked: string | undefined): Promise<Record<string, unknown>> {
  if (asked !== undefined && asked !== "") return (await readOne(resolve(asked))) ?? missing(asked);
  return (await readOne(resolve("innkeeper.config.ts"))) ?? (await readOne(resolve("innkeeper.config.json"))) ?? {};
}

async function readOne(path: string): Promise<Record<string, unknown> | undefined> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new ConfigMistakes([`${path}: cannot be read (${error.code})`]);
  });
  if (text === undefined) return undefined;
  const value = path.endsWith(".json") ? parseJson(path, text) : await importFile(path);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new ConfigMistakes([`${path}: must hold one object`]);
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigMistakes([`${path}: is not JSON: ${(error as Error).message}`]);
  }
}

async function importFile(path: string): Promise<unknown> {
  try {
    return (await import(pathToFileURL(path).href)).default;
  } catch (error) {
    throw new ConfigMistakes([`${path}: cannot be loaded: ${(error as Error).message}`]);
  }
}

function missing(path: string): never {
  throw new ConfigMistakes([`${path}: there is no such file`]);
}

function readPort(value: unknown): number {
  const port = Number(value);
  // 0 asks the system for a free port, as tests do.
  if (!/^\d+$/.test(String(value)) || port > 65_535)
    throw new ConfigMistakes([`PORT: "${value}" must be a number from 0 to 65535`]);
  return port;
}

function readDatabaseUrl(value: unknown): string {
  const url = String(value);
  if (/^postgres(?:ql)?:\/\//.test(url)) return url;
  throw new ConfigMistakes(["DATABASE_URL: must begin with postgres://; leave it out for the embedded database"]);
}
