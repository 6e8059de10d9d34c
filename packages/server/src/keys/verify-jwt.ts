import { decodeBase64Url } from "../kernel/bytes.ts";
import { signingAlgs } from "./sign.ts";
import type { StoredKey } from "./signing-keys.sql.ts";

export type Claims = Record<string, unknown>;

/** Nothing that we sign is longer; what a stranger sends is not even parsed then. */
const longestJwt = 8192;
const utf8 = new TextDecoder();

/**
 * What a compact JWS (RFC 7515 7.1) of this `typ` says; undefined for everything that none of the keys signed with its
 * own algorithm. Whether it has expired is for the caller to judge.
 */
export async function verifyJwt(keys: readonly StoredKey[], typ: string, text: string): Promise<Claims | undefined> {
  if (text.length > longestJwt || !isExact(text)) return undefined;
  // Loaded when the first one comes: most installations never see a JWT come back.
  const { compactVerify, errors } = await import("jose");
  try {
    const { payload, protectedHeader } = await compactVerify(
      text,
      ({ kid, alg }) => {
        const key = keys.find((known) => known.kid === kid && known.alg === alg);
        if (!key) throw new errors.JWSInvalid("no key of ours");
        return key.publicJwk as { kty: string };
      },
      { algorithms: [...signingAlgs] },
    );
    return protectedHeader.typ === typ ? (JSON.parse(utf8.decode(payload)) as Claims) : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

/** One token has one spelling: no padding, no blanks, no other last letter that means the same bytes. */
function isExact(text: string): boolean {
  return text.split(".").every((part) => decodeBase64Url(part) !== undefined);
}
