import { Packer, Unpacker } from "../kernel/bytes.ts";
import type { Sealer } from "../kernel/seal.ts";

/** What a device polls with (RFC 8628 3.2). */
export interface DeviceCode {
  /** Of the request, and of the token family that it will become. */
  id: string;
  appId: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

const prefix = "ik_dc_";
const purpose = "device_code";

/** Stored nowhere: whoever reads the database cannot poll. */
export function sealDeviceCode(sealer: Sealer, { id, appId, expiresAt }: DeviceCode): string {
  return prefix + sealer.seal(purpose, new Packer().id(id).text(appId).u48(expiresAt).finish());
}

/** Undefined for everything that is no device code of ours. Used and expired ones are opened too. */
export function openDeviceCode(sealer: Sealer, text: string): DeviceCode | undefined {
  const payload = text.startsWith(prefix) ? sealer.open(purpose, text.slice(prefix.length)) : undefined;
  if (!payload) return undefined;
  const unpacker = new Unpacker(payload);
  const code = { id: unpacker.id("fam"), appId: unpacker.text(), expiresAt: unpacker.u48() };
  unpacker.end();
  return code;
}
