import { Buffer } from "node:buffer";
import { argon2, pbkdf2, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { assert } from "./assert.ts";
import { Fault } from "./faults.ts";
import type { Random } from "./random.ts";

export interface PasswordHasher {
  /** @throws Fault `temporarily_unavailable` when too many passwords are waiting. */
  hash(password: string): Promise<string>;
  /**
   * Takes the same time when `stored` is null, so that nobody learns whether a user exists.
   * @throws Fault `temporarily_unavailable` when too many passwords are waiting.
   */
  verify(stored: string | null, password: string): Promise<boolean>;
}

export interface PasswordHasherOptions {
  random: Random;
  /** KiB. @default 19456 (19 MiB, the OWASP minimum at two passes) */
  memory?: number;
  /** @default 2 */
  passes?: number;
}

const running = 2;
const waiting = 64;
const tagLength = 32;
/** More than any password has: normalising takes the square of the length of a hostile text. */
const longestRead = 4096;
const wakeEveryMs = 1000;
const argon2id = promisify(argon2);

interface Parameters {
  memory: number;
  passes: number;
  salt: Uint8Array;
}

/** argon2id in the thread pool, two at a time. Stored as a PHC string, so that the parameters may change later. */
export function createPasswordHasher({ random, memory = 19_456, passes = 2 }: PasswordHasherOptions): PasswordHasher {
  const inTurn = boundedQueue(running, waiting);
  const fresh = (): Parameters => ({ memory, passes, salt: random.bytes(16) });
  return {
    async hash(password) {
      const parameters = fresh();
      return writePhc(parameters, await inTurn(() => derive(password, parameters)));
    },
    async verify(stored, password) {
      const known = stored === null ? { parameters: fresh(), tag: undefined } : readPhc(stored);
      const tag = await inTurn(() => derive(password, known.parameters));
      return known.tag !== undefined && timingSafeEqual(tag, known.tag);
    },
  };
}

/** Unicode has several spellings of one text, and keyboards differ (NIST SP 800-63B). */
async function derive(password: string, { memory, passes, salt }: Parameters): Promise<Buffer> {
  const message = Buffer.from(password.slice(0, longestRead).normalize("NFC"));
  const waking = setInterval(wakeThreadPool, wakeEveryMs);
  try {
    return await argon2id("argon2id", { message, nonce: salt, parallelism: 1, tagLength, memory, passes });
  } finally {
    clearInterval(waking);
  }
}

/**
 * On a loaded machine the C library may lose the signal that wakes an idle thread of the pool (glibc bug 25847, until 2.40);
 * a password that comes alone would then wait for ever. Anything else given to the pool signals again.
 */
function wakeThreadPool(): void {
  pbkdf2("", "", 1, 8, "sha256", () => {});
}

function writePhc({ memory, passes, salt }: Parameters, tag: Uint8Array): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=1$${phcText(salt)}$${phcText(tag)}`;
}

function phcText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64").replaceAll("=", "");
}

const phc = /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,3}),p=1\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;

function readPhc(stored: string): { parameters: Parameters; tag: Uint8Array } {
  const match = phc.exec(stored);
  assert(match, "a stored password is an argon2id PHC string");
  const [, memory, passes, salt, tag] = match;
  return {
    parameters: { memory: Number(memory), passes: Number(passes), salt: Buffer.from(salt!, "base64") },
    tag: Buffer.from(tag!, "base64"),
  };
}

function boundedQueue(most: number, mostWaiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  const queue: (() => void)[] = [];
  let busy = 0;
  return async (work) => {
    if (busy < most) {
      busy++;
    } else {
      if (queue.length >= mostWaiting) throw tooManyPasswords();
      // Whoever leaves hands his place over, so `busy` stays as it is.
      await new Promise<void>((resolve) => queue.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else busy--;
    }
  };
}

function tooManyPasswords(): Fault {
  return new Fault("temporarily_unavailable", "Too many sign-ins at the same time. Please try again in a moment.", {
    headers: { "retry-after": "2" },
  });
}
