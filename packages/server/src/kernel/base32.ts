/** Crockford's alphabet in lower case. Its order is the order of ASCII, so encoded values sort like their bytes. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

const values = new Int8Array(128).fill(-1);
for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value;

/** 16 bytes as 26 characters; the first character carries three bits. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = "";
  let pending = 0;
  let bits = 2;
  for (let index = 0; index < 16; index++) {
    pending = ((pending << 8) | bytes[index]!) & 0x1fff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(pending >> bits) & 31];
    }
  }
  return text;
}

/** The 16 bytes of 26 characters, or undefined when they are not what `encodeBase32` writes. */
export function decodeBase32(text: string): Uint8Array | undefined {
  if (text.length !== 26) return undefined;
  const bytes = new Uint8Array(16);
  let pending = 0;
  let bits = -2;
  let position = 0;
  for (let index = 0; index < 26; index++) {
    const code = text.charCodeAt(index);
    const value = code < 128 ? values[code]! : -1;
    if (value < 0 || (index === 0 && value > 7)) return undefined;
    pending = ((pending << 5) | value) & 0x1fff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[position++] = pending >> bits;
    }
  }
  return bytes;
}
