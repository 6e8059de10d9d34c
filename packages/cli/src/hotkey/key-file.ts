import { Buffer } from "node:buffer";
import { readFile, stat } from "node:fs/promises";
import { type KeyScheme, keySchemes, publicKeyOf, readAddress, writeAddress } from "@innkeeper/server";
import { CommandFault } from "../process/answer.ts";

/** A key that signs, out of a file. */
export interface Hotkey {
  scheme: KeyScheme;
  /** SS58, as wallets show it. */
  address: string;
  /** 32 bytes of a seed, or the 64 of an expanded sr25519 secret. */
  secret: Uint8Array;
}

/** A few hundred bytes; whatever is larger is another file. */
const largestFile = 16_384;

/**
 * Reads a key file: 64 hexadecimal digits, which are the seed of an sr25519 key, or JSON with `scheme` (sr25519 when it is
 * missing) and one of `seed`, `secretSeed`, `secret` or `privateKey`. An address or public key beside it must fit.
 *
 * @throws CommandFault with a sentence that repeats nothing of the file.
 */
export async function readHotkeyFile(path: string): Promise<Hotkey> {
  const parts = readParts(await readText(path), path);
  const hotkey = await toHotkey(parts, path);
  if (parts.expected !== undefined && sameKey(parts.expected, hotkey.address) === false) {
    throw new CommandFault(
      `The address in ${path} is not that of its secret. If it is an ed25519 key, write "scheme": "ed25519" into the file.`,
    );
  }
  return hotkey;
}

/** Whether others on this computer can read the key; on Windows nobody can tell. */
export async function isReadableByOthers(path: string): Promise<boolean> {
  return process.platform !== "win32" && ((await stat(path)).mode & 0o077) !== 0;
}

interface Parts {
  scheme: KeyScheme;
  secret: Uint8Array;
  expected?: string;
}

async function readText(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > largestFile) throw new CommandFault(`${path} is too large to be a key file.`);
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    if (error instanceof CommandFault) throw error;
    throw new CommandFault(`The key file ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

function readParts(text: string, path: string): Parts {
  const plain = readHex(text);
  if (plain) return { scheme: "sr25519", secret: plain };
  const members = readMembers(text);
  if (!members) throw new CommandFault(`${path} holds neither 64 hexadecimal digits nor JSON.`);
  if ("encoded" in members) throw new CommandFault(`${path} is encrypted. Export the key without a password first.`);
  const scheme = keySchemes.find((each) => each === (members.scheme ?? "sr25519"));
  if (!scheme) throw new CommandFault(`The scheme in ${path} must be ${keySchemes.join(" or ")}.`);
  const written = [members.seed, members.secretSeed, members.secret, members.privateKey].find(
    (value) => typeof value === "string",
  );
  const secret = readHex(written ?? "");
  if (!secret) throw new CommandFault(`${path} needs a "seed" of 64 hexadecimal digits, or a "secret" of 128.`);
  const expected = [members.address, members.ss58Address, members.publicKey].find((value) => typeof value === "string");
  return { scheme, secret, ...(expected !== undefined && { expected }) };
}

function readMembers(text: string): Record<string, string> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, string>) : undefined;
  } catch {
    return undefined;
  }
}

/** 32 or 64 bytes in hexadecimal. */
function readHex(text: string): Uint8Array | undefined {
  const hex = /^(?:0x)?((?:[0-9a-f]{64}){1,2})$/i.exec(text)?.[1];
  return hex === undefined ? undefined : Uint8Array.from(Buffer.from(hex, "hex"));
}

async function toHotkey({ scheme, secret }: Parts, path: string): Promise<Hotkey> {
  // Ed25519 files often hold seed and public key one after the other; RFC 8032 signs with the seed.
  const used = scheme === "ed25519" ? secret.subarray(0, 32) : secret;
  try {
    return { scheme, secret: used, address: writeAddress(await publicKeyOf(scheme, used)) };
  } catch {
    throw new CommandFault(`What ${path} holds is no secret of an ${scheme} key.`);
  }
}

function sameKey(written: string, address: string): boolean {
  const [expected, actual] = [readAddress(written), readAddress(address)];
  return expected !== undefined && actual !== undefined && Buffer.compare(expected, actual) === 0;
}
