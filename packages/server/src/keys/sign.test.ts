import { Buffer } from "node:buffer";
import { generateKeyPairSync } from "node:crypto";
import { jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { createSigner, readDerSignature } from "./sign.ts";

describe("our signatures", () => {
  it.each([
    ["RS256", generateKeyPairSync("rsa", { modulusLength: 2048 })],
    ["ES256", generateKeyPairSync("ec", { namedCurve: "P-256" })],
  ] as const)("are verified by jose: %s", async (alg, { privateKey, publicKey }) => {
    const signer = createSigner(alg, "sig_1", privateKey);
    // Numbers of a signature vary in length: enough of them to meet the short ones.
    for (let index = 0; index < (alg === "ES256" ? 600 : 3); index++) {
      const jwt = signer.signJwt("JWT", { sub: "usr_1", index });
      const { payload, protectedHeader } = await jwtVerify(jwt, publicKey, { algorithms: [alg], typ: "JWT" });
      expect(protectedHeader).toEqual({ alg, typ: "JWT", kid: "sig_1" });
      expect(payload).toEqual({ sub: "usr_1", index });
    }
  });

  it("fill up numbers that DER shortens, and drop the zero that it adds", () => {
    const der = Buffer.concat([
      Buffer.from([0x30, 2 + 33 + 2 + 1, 0x02, 33, 0x00]),
      Buffer.alloc(32, 0xff),
      Buffer.from([0x02, 1, 0x07]),
    ]);
    const numbers = readDerSignature(der);
    expect(numbers.subarray(0, 32)).toEqual(Buffer.alloc(32, 0xff));
    expect(numbers.subarray(32)).toEqual(Buffer.concat([Buffer.alloc(31), Buffer.from([7])]));
  });
});
