import { Buffer } from "node:buffer";
import { type KeyObject, sign } from "node:crypto";
import { assert } from "../kernel/assert.ts";

export const signingAlgs = ["RS256", "ES256"] as const;
export type SigningAlg = (typeof signingAlgs)[number];

export interface Signer {
  readonly kid: string;
  /** A compact JWS (RFC 7515 7.1) over the claims. */
  signJwt(typ: string, claims: Record<string, unknown>): string;
}

export function createSigner(alg: SigningAlg, kid: string, privateKey: KeyObject): Signer {
  const heads = new Map<string, string>();
  const headFor = (typ: string) => {
    let head = heads.get(typ);
    if (head === undefined) {
      head = `${encodeJson({ alg, typ, kid })}.`;
      heads.set(typ, head);
    }
    return head;
  };
  return {
    kid,
    signJwt(typ, claims) {
      const text = headFor(typ) + encodeJson(claims);
      // A bare key is twice as fast as asking for another encoding of the signature, so that is done here.
      const signature = sign("sha256", Buffer.from(text), privateKey);
      const encoded = alg === "ES256" ? readDerSignature(signature) : signature;
      return `${text}.${encoded.toString("base64url")}`;
    },
  };
}

function encodeJson(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** `SEQUENCE { INTEGER r, INTEGER s }` of P-256 as the 64 bytes that JWS wants (RFC 7518 3.4). */
export function readDerSignature(der: Buffer): Buffer {
  assert(der[0] === 0x30 && der[1] === der.length - 2, "a P-256 signature in DER");
  const numbers = Buffer.alloc(64);
  let at = 2;
  for (const end of [32, 64]) {
    const length = der[at + 1]!;
    const start = at + 2;
    at = start + length;
    // A leading zero says that the number is positive; short numbers are filled up from the left.
    const number = der.subarray(length > 32 ? at - 32 : start, at);
    numbers.set(number, end - number.length);
  }
  return numbers;
}
