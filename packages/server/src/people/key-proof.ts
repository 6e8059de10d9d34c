import { Buffer } from "node:buffer";
import type { Ctx } from "../context.ts";
import { readAddress } from "./key-address.ts";
import type { KeyScheme } from "./key-schemes.ts";
import { findScheme, readSignature } from "./key-signature.ts";
import type { SignatureKey } from "./signature-key.ts";
import { findByPublicKey } from "./signature-keys.sql.ts";
import type { User } from "./user.ts";
import { findUser } from "./users.sql.ts";

/** As it was sent: an address and the signature of a text. */
export interface KeyEvidence {
  hotkey: string;
  signature: string;
  text: string;
}

/** Somebody holds this key, and whose it is here. */
export interface KeyProof {
  scheme: KeyScheme;
  publicKey: Uint8Array;
  /** Undefined when nobody has linked the key, or its account is disabled. */
  owner: { key: SignatureKey; user: User } | undefined;
}

/**
 * Undefined unless the signature is one of that key and that text.
 * @param linkedOnly does not even look at the signature of a key nobody has linked: that costs milliseconds
 */
export async function proveKey(
  ctx: Ctx,
  { hotkey, signature, text }: KeyEvidence,
  { linkedOnly = false } = {},
): Promise<KeyProof | undefined> {
  const publicKey = readAddress(hotkey);
  const signed = readSignature(signature);
  if (!publicKey || !signed) return undefined;
  const linked = await findByPublicKey(ctx, Buffer.from(publicKey).toString("hex"));
  const scheme = await findScheme(publicKey, text, signed, linkedOnly ? linked.map(({ scheme }) => scheme) : undefined);
  if (!scheme) return undefined;
  const key = linked.find((each) => each.scheme === scheme);
  const user = key && (await findUser(ctx, key.userId));
  return { scheme, publicKey, owner: key && user?.disabledAt === null ? { key, user } : undefined };
}
