import type { Ctx, Tx } from "../context.ts";
import { encodeBase32 } from "../kernel/base32.ts";
import { sha256Base64Url } from "../kernel/hash.ts";
import {
  deleteRecoveryCodes,
  insertRecoveryCode,
  selectRecoveryCodesLeft,
  useRecoveryCode,
} from "./recovery-codes.sql.ts";

export const recoveryCodesMade = 10;
/** 80 bits: nobody guesses one, so a plain hash keeps it. */
const symbols = 16;

/** Makes new ones in place of all that were; they are stored nowhere. The user's row must be held, or both sets count. */
export async function replaceRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
  await deleteRecoveryCodes(tx, userId);
  const codes = Array.from({ length: recoveryCodesMade }, () => makeCode(tx));
  for (const code of codes) await insertRecoveryCode(tx, userId, hashOf(code));
  return codes;
}

/** True for one caller over all processes. */
export async function spendRecoveryCode(tx: Tx, userId: string, typed: string): Promise<boolean> {
  return (await useRecoveryCode(tx, userId, hashOf(typed))) !== undefined;
}

export async function countRecoveryCodes(ctx: Ctx, userId: string): Promise<number> {
  return (await selectRecoveryCodesLeft(ctx, userId)).length;
}

function makeCode({ random }: Ctx): string {
  // The first of the 26 characters carries three bits only.
  const text = encodeBase32(random.bytes(16)).slice(1, 1 + symbols);
  return text.replace(/.{4}(?=.)/g, (group) => `${group}-`).toUpperCase();
}

/** As people copy it: in either letter case, with or without the lines between, and with the letters that look like digits. */
function hashOf(typed: string): string {
  const plain = typed
    .slice(0, 80)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\p{Cf}\p{Pd}]/gu, "")
    .replaceAll("o", "0")
    .replace(/[il]/g, "1");
  return sha256Base64Url(plain);
}
