import { Buffer } from "node:buffer";
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { type Cbor, encodeCbor } from "./cbor.ts";

export type PasskeyAlgorithm = "ES256" | "EdDSA" | "RS256";

export interface AuthenticatorOptions {
  /** @default "ES256" */
  algorithm?: PasskeyAlgorithm;
  /** Whether its keys are copied to other devices. @default false */
  synced?: boolean;
  /** Whether it counts how often each key is used. @default true */
  counts?: boolean;
  /** The origin of the page that asks. @default "https://id.acme.example" */
  origin?: string;
}

/** What is done otherwise than asked for, for tests of what must be refused. */
export interface Deviation {
  origin?: string;
  rpId?: string;
  type?: string;
  challenge?: string;
  crossOrigin?: boolean;
  /** @default that of the account the key was made for */
  userHandle?: string | undefined;
  counter?: number;
  /** @default true */
  present?: boolean;
  /** @default true */
  verified?: boolean;
  synced?: boolean;
  /** Of the key with which it is signed. @default the one that is used */
  signer?: HeldKey;
  /** An attestation that nobody asked for. */
  attestation?: { format: string; statement: ReadonlyMap<string, Cbor> };
}

export interface HeldKey {
  /** Base64url. */
  id: string;
  userHandle: string;
  privateKey: KeyObject;
  algorithm: PasskeyAlgorithm;
  counter: number;
}

interface Options {
  challenge: string;
  rpId?: string;
  rp?: { id?: string };
  user?: { id: string };
}

/** A device that keeps passkeys, as it answers a page: by WebAuthn, in software, without a person. */
export interface Authenticator {
  readonly keys: HeldKey[];
  /** Makes a passkey: what the page sends for it, JSON. */
  create(options: Options, deviation?: Deviation): string;
  /** Uses one, the newest unless said: what the page sends for it, JSON. */
  get(options: Options, deviation?: Deviation, key?: HeldKey): string;
}

const aaguid = Buffer.from("fbfc3007154e4ecc8c0b6e020557d7bd", "hex");

export function createAuthenticator({
  algorithm = "ES256",
  synced = false,
  counts = true,
  origin = "https://id.acme.example",
}: AuthenticatorOptions = {}): Authenticator {
  const keys: HeldKey[] = [];
  const clientDataOf = (type: string, { challenge }: Options, deviation: Deviation) => {
    const { crossOrigin = false } = deviation;
    const said = { type: deviation.type ?? type, challenge: deviation.challenge ?? challenge };
    return Buffer.from(JSON.stringify({ ...said, origin: deviation.origin ?? origin, crossOrigin }));
  };
  const headOf = ({ rpId, rp }: Options, counter: number, attested: boolean, deviation: Deviation) => {
    const { present = true, verified = true } = deviation;
    const copied = deviation.synced ?? synced;
    const flags = Number(present) | (Number(verified) << 2) | (Number(copied) * 24) | (Number(attested) << 6);
    const counted = Buffer.alloc(4);
    counted.writeUInt32BE(deviation.counter ?? counter);
    return Buffer.concat([sha256(deviation.rpId ?? rpId ?? rp?.id ?? ""), Buffer.from([flags]), counted]);
  };
  return {
    keys,
    create(options, deviation = {}) {
      const { privateKey, cose } = makeKey(algorithm);
      const id = randomBytes(32);
      const userHandle = options.user?.id ?? "";
      keys.push({ id: id.toString("base64url"), userHandle, privateKey, algorithm, counter: 0 });
      const authData = Buffer.concat([
        headOf(options, 0, true, deviation),
        aaguid,
        Buffer.from([0, id.length]),
        id,
        encodeCbor(cose),
      ]);
      const { format = "none", statement = new Map() } = deviation.attestation ?? {};
      const attestationObject = new Map<string, Cbor>([
        ["fmt", format],
        ["attStmt", statement],
        ["authData", authData],
      ]);
      return answer(id.toString("base64url"), {
        clientDataJSON: clientDataOf("webauthn.create", options, deviation).toString("base64url"),
        attestationObject: encodeCbor(attestationObject).toString("base64url"),
        transports: ["internal", "hybrid", "no such thing"],
      });
    },
    get(options, deviation = {}, key = keys.at(-1)!) {
      if (counts) key.counter += 1;
      const authData = headOf(options, key.counter, false, deviation);
      const clientData = clientDataOf("webauthn.get", options, deviation);
      const signature = signWith(deviation.signer ?? key, Buffer.concat([authData, sha256(clientData)]));
      return answer(key.id, {
        clientDataJSON: clientData.toString("base64url"),
        authenticatorData: authData.toString("base64url"),
        signature: signature.toString("base64url"),
        userHandle: "userHandle" in deviation ? deviation.userHandle : key.userHandle,
      });
    },
  };
}

function answer(id: string, response: object): string {
  return JSON.stringify({ id, rawId: id, type: "public-key", response });
}

function makeKey(algorithm: PasskeyAlgorithm): { privateKey: KeyObject; cose: Map<number, Cbor> } {
  const { privateKey, publicKey } =
    algorithm === "ES256"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : algorithm === "EdDSA"
        ? generateKeyPairSync("ed25519")
        : generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = publicKey.export({ format: "jwk" });
  const part = (text: unknown) => Buffer.from(String(text), "base64url");
  const shapes: Record<PasskeyAlgorithm, () => [number, Cbor][]> = {
    ES256: () => [
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, part(jwk.x)],
      [-3, part(jwk.y)],
    ],
    EdDSA: () => [
      [1, 1],
      [3, -8],
      [-1, 6],
      [-2, part(jwk.x)],
    ],
    RS256: () => [
      [1, 3],
      [3, -257],
      [-1, part(jwk.n)],
      [-2, part(jwk.e)],
    ],
  };
  return { privateKey, cose: new Map(shapes[algorithm]()) };
}

function signWith({ privateKey, algorithm }: HeldKey, data: Buffer): Buffer {
  return sign(algorithm === "EdDSA" ? null : "sha256", data, privateKey);
}

function sha256(data: string | Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}
