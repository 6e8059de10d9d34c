import { type Ctx, inTx, type Tx } from "../context.ts";
import { keyedHash, sameText } from "../kernel/hash.ts";
import type { Random } from "../kernel/random.ts";
import {
  type CodeRow,
  deleteCodesBefore,
  endCodesOf,
  insertCode,
  selectCode,
  selectPendingCode,
  takeAttempt,
  useCode,
} from "./one-time-codes.sql.ts";

export const codeLifeMs = 10 * 60_000;
export const codeAttempts = 5;
const digits = 6;

/** RFC 8176: a one-time password. It has no word for the way on which it came, so whatever stands first came by mail. */
export const mailedCodeAmr = "otp";

export interface NewCode {
  /** What it opens. A code of one kind opens nothing else. */
  kind: string;
  /** Null where it proves nobody: it looks like any other and is never right. */
  userId: string | null;
  /** Where it is sent to. */
  target: string;
  /** The mark of the browser that asked; no other can use the code. */
  browser?: string;
}

/** A code to send. `id` goes to the page that asks for the code, and is worth nothing without it. */
export interface MadeCode {
  id: string;
  code: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

/** Makes a code of six digits that lives for ten minutes and five attempts. It is stored nowhere. */
export async function createCode(tx: Tx, { kind, userId, target, browser = "" }: NewCode): Promise<MadeCode> {
  const id = tx.random.id("otc");
  const code = sixDigits(tx.random);
  const now = tx.clock.now();
  const expiresAt = now + codeLifeMs;
  await insertCode(tx, {
    id,
    kind,
    user_id: userId,
    target,
    code_hash: hashOf(tx.config.secrets[0]!, { id, browser, code }),
    attempts_left: codeAttempts,
    created_at: now,
    expires_at: expiresAt,
    used_at: null,
  });
  return { id, code, expiresAt };
}

export interface CodeClaim {
  id: string;
  kind: string;
  /** As it was typed. */
  code: string;
  browser?: string;
}

/** What the right code has proven. */
export interface Proven {
  userId: string;
  target: string;
}

export type CodeRefusal = { ok: false; why: "wrong" | "expired" | "used" | "spent" };

/**
 * Claims a code and does what it opens in the same transaction, once for all processes. A wrong code costs an attempt for
 * good; a refusal of `work` takes everything back, the claim too.
 */
export function claimCode<T>(
  ctx: Ctx,
  claim: CodeClaim,
  work: (tx: Tx, proven: Proven) => Promise<T>,
): Promise<T | CodeRefusal> {
  return inTx(ctx, async (tx) => {
    const row = await takeAttempt(tx, claim.id, claim.kind);
    // Wrapped, so that the attempt that was counted stays counted.
    if (!row) return { refusal: reasonOf(await selectCode(tx, claim.id, claim.kind), tx.clock.now()) };
    if (!isRight(tx, row, claim)) return { refusal: row.attempts_left > 0 ? ("wrong" as const) : ("spent" as const) };
    if (!(await useCode(tx, row.id))) return { refusal: "used" as const };
    const outcome = await work(tx, { userId: row.user_id!, target: row.target });
    return isRefused(outcome) ? { ok: false as const, outcome } : { outcome };
  }).then((done) => ("refusal" in done ? { ok: false, why: done.refusal! } : (done.outcome as T)));
}

/** The newest code that a user may still type in, for the pages of somebody who is signed in. */
export async function findPendingCode(
  ctx: Ctx,
  userId: string,
  kind: string,
): Promise<{ id: string; target: string } | undefined> {
  const row = await selectPendingCode(ctx, userId, kind);
  return row && { id: row.id, target: row.target };
}

/** What was sent before is worth nothing from now on: for the time after a password or an address changed. */
export async function endCodes(tx: Tx, userId: string): Promise<void> {
  await endCodesOf(tx, userId);
}

/** Answers how many went. */
export async function forgetExpiredCodes(tx: Tx): Promise<number> {
  return (await deleteCodesBefore(tx, tx.clock.now() - codeLifeMs, 1000)).length;
}

function isRight(ctx: Ctx, row: CodeRow, { id, code, browser = "" }: CodeClaim): boolean {
  const typed = readDigits(code);
  const right = ctx.config.secrets.some((secret) =>
    sameText(hashOf(secret, { id, browser, code: typed }), row.code_hash),
  );
  // A code that was made for nobody proves nothing, even when it is guessed.
  return right && row.user_id !== null;
}

function reasonOf(row: CodeRow | undefined, now: number): CodeRefusal["why"] {
  if (!row) return "wrong";
  if (row.used_at !== null) return "used";
  return row.attempts_left === 0 ? "spent" : row.expires_at <= now ? "expired" : "wrong";
}

/** Wide digits are digits, and spaces between them are nothing. */
function readDigits(text: string): string {
  return text
    .slice(0, 40)
    .normalize("NFKC")
    .replace(/[\s\p{Cf}-]/gu, "");
}

/** Without the secret of the installation nobody who reads the database can try the million of them. */
function hashOf(secret: string, { id, browser, code }: { id: string; browser: string; code: string }): string {
  return keyedHash(secret, "one_time_code", JSON.stringify([id, browser, code]));
}

function sixDigits(random: Random): string {
  const range = 10 ** digits;
  // The largest multiple of a million in four bytes; what lies above would favour the small ones.
  const fair = Math.floor(2 ** 32 / range) * range;
  for (;;) {
    const [a, b, c, d] = random.bytes(4) as unknown as [number, number, number, number];
    const value = ((a * 256 + b) * 256 + c) * 256 + d;
    if (value < fair) return String(value % range).padStart(digits, "0");
  }
}

function isRefused(outcome: unknown): boolean {
  return typeof outcome === "object" && outcome !== null && "ok" in outcome && outcome.ok === false;
}
