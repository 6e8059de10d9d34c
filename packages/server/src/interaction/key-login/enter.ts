import {
  findKeyUser,
  type KeyProof,
  keyAmr,
  type OpenChallenge,
  spendNonce,
  touchSignatureKey,
} from "../../people/index.ts";
import type { Entered } from "../sign-in/entrance.ts";

/** `nonce`: spent by somebody else meanwhile. `unknown`: no account has the key any more. */
export type LostKey = "nonce" | "unknown";

/** Whoever has signed: the nonce is spent where the proof counts, or neither happens. */
export function enteredByKey(
  challenge: OpenChallenge,
  { key, user }: NonNullable<KeyProof["owner"]>,
): Entered<LostKey> {
  return {
    user,
    amr: [keyAmr],
    async claim(tx) {
      if (!(await spendNonce(tx, challenge))) return { ok: false, why: "nonce" };
      const owner = await findKeyUser(tx, key.id);
      if (!owner) return { ok: false, why: "unknown" };
      await touchSignatureKey(tx, key.id);
      return { ok: true, user: owner };
    },
  };
}
