import { Buffer } from "node:buffer";
import { type KeyScheme, keySchemes, verifyWith } from "./key-schemes.ts";

/** A signature as it was sent; some wallets say before it by which scheme it was made. */
export interface KeySignature {
  bytes: Uint8Array;
  scheme: KeyScheme | undefined;
}

const hexShape = /^(?:0x)?((?:[0-9a-f]{2})?[0-9a-f]{128})$/i;
/** The schemes by their number in a `MultiSignature`. */
const numbered: readonly KeyScheme[] = ["ed25519", "sr25519"];

/** 64 bytes in hexadecimal, or 65 with the number of the scheme first. */
export function readSignature(text: string): KeySignature | undefined {
  if (text.length > 200) return undefined;
  const hex = hexShape.exec(text.trim())?.[1];
  if (hex === undefined) return undefined;
  const bytes = Uint8Array.from(Buffer.from(hex, "hex"));
  if (bytes.length === 64) return { bytes, scheme: undefined };
  const scheme = numbered[bytes[0]!];
  return scheme && { bytes: bytes.slice(1), scheme };
}

/** By which of the schemes this key signed this text, as it is or as wallets wrap what is no transaction. */
export async function findScheme(
  publicKey: Uint8Array,
  text: string,
  { bytes, scheme: named }: KeySignature,
  possible: readonly KeyScheme[] = keySchemes,
): Promise<KeyScheme | undefined> {
  for (const scheme of possible) {
    if (named !== undefined && named !== scheme) continue;
    for (const message of [text, `<Bytes>${text}</Bytes>`]) {
      if (await verifyWith(scheme, publicKey, Buffer.from(message), bytes)) return scheme;
    }
  }
  return undefined;
}
