import type { Tx } from "../context.ts";
import { announce, recordAudit } from "../events/index.ts";
import { keyedHash } from "../kernel/hash.ts";
import { claimOnce, findOnce } from "../store/index.ts";
import { clearPhone, selectPhoneOwner, updatePhone } from "./phones.sql.ts";
import { recordSecurityEvent } from "./security-events.ts";

/** Longer than any transaction, so that of two who prove one number at once the second hears of the first. */
const claimMs = 60_000;

/**
 * Makes a number that was just proven the user's own, in place of the one before. Refused when it is somebody else's.
 * `number` is E.164.
 */
export async function setVerifiedPhone(
  tx: Tx,
  userId: string,
  number: string,
): Promise<{ ok: true } | { ok: false; why: "taken" }> {
  const key = phoneKey(tx, number);
  const claimed = await claimOnce(tx, "phone", key, tx.clock.now() + claimMs, userId);
  if (!claimed && (await findOnce(tx, "phone", key))?.value !== userId) return { ok: false, why: "taken" };
  const owner = await selectPhoneOwner(tx, number);
  if (owner && owner.id !== userId) return { ok: false, why: "taken" };
  if (!(await updatePhone(tx, userId, number))) return { ok: false, why: "taken" };
  await announce(tx, "user", userId);
  await recordAudit(tx, { actorId: userId, action: "user.phone_verified", subjectId: userId });
  await recordSecurityEvent(tx, { userId, kind: "phone_changed" });
  return { ok: true };
}

/** False when there was none. */
export async function removePhone(tx: Tx, userId: string): Promise<boolean> {
  if (!(await clearPhone(tx, userId))) return false;
  await announce(tx, "user", userId);
  await recordAudit(tx, { actorId: userId, action: "user.phone_removed", subjectId: userId });
  await recordSecurityEvent(tx, { userId, kind: "phone_removed" });
  return true;
}

/** By which marks know a number: they outlive the account. */
export function phoneKey({ config }: Pick<Tx, "config">, number: string): string {
  return keyedHash(config.secrets[0]!, "phone_number", number);
}
