import type { Ctx, Tx } from "../context.ts";
import { sha256Base64Url } from "../kernel/hash.ts";
import { deviceName } from "./device-name.ts";
import {
  deleteDevice,
  deleteDevicesWithoutSession,
  insertDevice,
  selectDevice,
  selectDevices,
  touchDevice,
} from "./devices.sql.ts";
import { recordSecurityEvent } from "./security-events.ts";
import type { User } from "./user.ts";

/** As many browsers as anybody signs in with; those not used for longest are new again. */
const mostDevices = 50;
/** Whoever has just opened the account is no stranger to it. */
const firstMinutesMs = 600_000;

/**
 * Remembers the browser that signs in, by its long-lived mark, and tells the owner of the account when it is a new one.
 * Answers what stands for it; undefined for a browser without a mark, which is new every time.
 */
export async function seeDevice(
  tx: Tx,
  user: Pick<User, "id" | "createdAt">,
  { mark, userAgent }: { mark: string | undefined; userAgent: string | null },
): Promise<string | undefined> {
  const name = deviceName(userAgent);
  const id = mark === undefined ? undefined : deviceId(user.id, mark);
  if (id !== undefined) {
    if (await touchDevice(tx, { userId: user.id, id, name })) return id;
    const before = await selectDevices(tx, user.id);
    if (!(await insertDevice(tx, { userId: user.id, id, name }))) return id;
    for (const old of before.slice(mostDevices - 1)) await deleteDevice(tx, user.id, old.id);
    if (before.length === 0 && tx.clock.now() - user.createdAt < firstMinutesMs) return id;
  }
  await recordSecurityEvent(tx, { userId: user.id, kind: "new_device", detail: { device: name } });
  return id;
}

/** Whether this browser signed in to this account before. */
export async function isKnownDevice(ctx: Ctx, userId: string, mark: string): Promise<boolean> {
  return (await selectDevice(ctx, userId, deviceId(userId, mark))) !== undefined;
}

/**
 * Those in which nobody is signed in are new again: whoever signed in there with a password that was stolen has no attempts
 * of his own any more, and does not come back untold.
 */
export async function forgetOtherDevices(tx: Tx, userId: string): Promise<void> {
  await deleteDevicesWithoutSession(tx, userId);
}

/** Hashed with the user, so that no two accounts of one browser can be told to be of one person. */
function deviceId(userId: string, mark: string): string {
  return sha256Base64Url(`device ${userId} ${mark}`);
}
