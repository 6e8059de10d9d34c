import { Buffer } from "node:buffer";
import { z } from "zod";
import { type Ctx, inTx, type Tx } from "../context.ts";
import { recordAudit } from "../events/index.ts";
import { isOrdinaryLine } from "../kernel/ordinary-line.ts";
import { writeAddress } from "./key-address.ts";
import { type OpenChallenge, spendNonce } from "./key-nonces.ts";
import type { KeyProof } from "./key-proof.ts";
import { endHalfSignIns } from "./second-factors.ts";
import { recordSecurityEvent } from "./security-events.ts";
import { deleteSessionsBegunBy } from "./sessions.sql.ts";
import type { SignatureKey } from "./signature-key.ts";
import { deleteSignatureKey, findSignatureKey, insertSignatureKey, listSignatureKeys } from "./signature-keys.sql.ts";
import type { User } from "./user.ts";
import { findUser } from "./users.sql.ts";
import { hasWayIn, holdUser } from "./ways-in.ts";

/** RFC 8176: possession of a key. Whether it lives in hardware (`hwk`) or in a file (`swk`) no signature tells. */
export const keyAmr = "pop";

/** Nobody has more; whoever wants to fill the table finds an end. */
const mostKeys = 50;

export type LinkVerdict =
  | { ok: true; key: SignatureKey }
  | { ok: false; why: /** This account's own already. */ "linked" | /** Another account's. */ "taken" | "too_many" };

/** Links a key that was proven. One that is somebody's stays theirs, whoever else holds it. */
async function linkKey(
  tx: Tx,
  { userId, name, proof: { scheme, publicKey } }: { userId: string; name: string; proof: KeyProof },
): Promise<LinkVerdict> {
  const own = await listSignatureKeys(tx, userId);
  const hex = Buffer.from(publicKey).toString("hex");
  if (own.some((key) => key.scheme === scheme && key.publicKey === hex)) return { ok: false, why: "linked" };
  if (own.length >= mostKeys) return { ok: false, why: "too_many" };
  const key = await insertSignatureKey(tx, { userId, scheme, publicKey: hex, name });
  if (!key) return { ok: false, why: "taken" };
  await recordAudit(tx, { actorId: userId, action: "hotkey.linked", subjectId: key.id, detail: factsOf(key) });
  await recordSecurityEvent(tx, { userId, kind: "hotkey_linked", detail: { name } });
  return { ok: true, key };
}

/** The name a person knows a key by. */
export const keyName = z
  .string()
  .trim()
  .min(1)
  .max(64, "Use 64 characters at most, on one line.")
  .refine(isOrdinaryLine, "Use 64 characters at most, on one line.");

/** Spends the nonce and links the key, or does neither. */
export function linkProvenKey(
  ctx: Ctx,
  { challenge, ...link }: { userId: string; name: string; proof: KeyProof; challenge: OpenChallenge },
): Promise<LinkVerdict | { ok: false; why: "nonce" }> {
  return inTx(ctx, async (tx) => {
    if (!(await spendNonce(tx, challenge))) return { ok: false, why: "nonce" };
    return linkKey(tx, link);
  });
}

/**
 * The key signs in no more, and what it signed in to ends with it: whoever unlinks a key may have lost it. Refused for the
 * last way in: nobody may lock himself out by a click.
 * @param keepSession the session in which this is done
 */
export async function unlinkKey(
  tx: Tx,
  { userId, keyId, keepSession }: { userId: string; keyId: string; keepSession?: string | undefined },
): Promise<{ ok: true; key: SignatureKey } | { ok: false; why: "unknown" | "last" }> {
  await holdUser(tx, userId);
  const key = await deleteSignatureKey(tx, { id: keyId, userId });
  if (!key) return { ok: false, why: "unknown" };
  if (!(await hasWayIn(tx, userId))) return { ok: false, why: "last" };
  await endHalfSignIns(tx, userId);
  await deleteSessionsBegunBy(tx, { userId, amr: keyAmr, except: keepSession ?? "" });
  await recordAudit(tx, { actorId: userId, action: "hotkey.unlinked", subjectId: key.id, detail: factsOf(key) });
  await recordSecurityEvent(tx, { userId, kind: "hotkey_unlinked", detail: { name: key.name } });
  return { ok: true, key };
}

/** For whom the key acts still; asked again in the transaction in which it does. */
export async function findKeyUser(ctx: Ctx, keyId: string): Promise<User | undefined> {
  const key = await findSignatureKey(ctx, keyId);
  const user = key && (await findUser(ctx, key.userId));
  return user?.disabledAt === null ? user : undefined;
}

/** The key as wallets show it. */
export function addressOf({ publicKey }: Pick<SignatureKey, "publicKey">): string {
  return writeAddress(Buffer.from(publicKey, "hex"));
}

/** Not its name: people write their own into it, and the log outlives the account. */
function factsOf({ scheme, publicKey }: SignatureKey): Record<string, string> {
  return { scheme, public_key: publicKey };
}
