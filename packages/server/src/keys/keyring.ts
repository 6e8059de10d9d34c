import { Buffer } from "node:buffer";
import { createPrivateKey } from "node:crypto";
import { type Ctx, inTx } from "../context.ts";
import { assert } from "../kernel/assert.ts";
import type { Sealer } from "../kernel/seal.ts";
import { claimOnce } from "../store/index.ts";
import { following } from "./following.ts";
import { generateSigningKey, openPrivateKey, publishedUntil, sealKey } from "./rotation.ts";
import { createSigner, type Signer, type SigningAlg, signingAlgs } from "./sign.ts";
import { insertSigningKey, type StoredKey, selectSigningKeys, updateSealed } from "./signing-keys.sql.ts";
import { type Claims, verifyJwt } from "./verify-jwt.ts";

export interface Keyring {
  /** A compact JWS under the newest key that may sign already. */
  signJwt(alg: SigningAlg, typ: string, claims: Record<string, unknown>): string;
  /**
   * What a JWS of ours with this `typ` says, expired or not; undefined for everything that none of our keys signed,
   * also after the key left the key set, as long as it is stored.
   */
  verifyJwt(typ: string, text: string): Promise<Claims | undefined>;
  /** The key set document (RFC 7517 5) as JSON text. */
  publicJwks(): string;
  /** Reads the keys again. Happens by itself when a key was rotated anywhere. */
  reload(): Promise<void>;
}

/** Opens the signing keys, and makes the first ones. `lasting` is the sealer that outlives a restored backup. */
export async function openKeyring(ctx: Ctx, lasting: Sealer): Promise<Keyring> {
  for (const alg of signingAlgs) await makeFirstKey(ctx, lasting, alg);
  // Only then can a key be sealed under an older secret than the newest.
  if (ctx.config.secrets.length > 1) await resealAll(ctx, lasting);
  let held = hold(await selectSigningKeys(ctx), lasting, ctx.clock.now());
  const { follow, reload } = following(ctx, "the signing keys", "signing_key", {
    read: () => selectSigningKeys(ctx),
    keep: (stored) => {
      held = hold(stored, lasting, ctx.clock.now());
    },
  });
  return {
    signJwt(alg, typ, claims) {
      follow();
      const time = ctx.clock.now();
      const key = held.signing.findLast((candidate) => candidate.alg === alg && candidate.activeAt <= time);
      assert(key, `a key signs ${alg} from the first start on`);
      return key.signer.signJwt(typ, claims);
    },
    verifyJwt(typ, text) {
      follow();
      return verifyJwt(held.stored, typ, text);
    },
    publicJwks() {
      follow();
      if (held.jwksUntil <= ctx.clock.now()) held = { ...held, ...publish(held.stored, ctx.clock.now()) };
      return held.jwks;
    },
    reload,
  };
}

interface Held {
  stored: StoredKey[];
  /** In the order in which they begin to sign. */
  signing: { alg: SigningAlg; activeAt: number; signer: Signer }[];
  jwks: string;
  /** When the oldest key leaves the document. */
  jwksUntil: number;
}

function hold(stored: StoredKey[], lasting: Sealer, now: number): Held {
  const signing = stored.map((key) => {
    const der = openPrivateKey(lasting, key);
    assert(der, "the check value has proved the secrets before signing keys are opened");
    const privateKey = createPrivateKey({ key: Buffer.from(der), format: "der", type: "pkcs8" });
    return { alg: key.alg, activeAt: key.activeAt, signer: createSigner(key.alg, key.kid, privateKey) };
  });
  return { stored, signing, ...publish(stored, now) };
}

function publish(stored: StoredKey[], now: number): Pick<Held, "jwks" | "jwksUntil"> {
  const published = stored.filter((key) => publishedUntil(key, stored) > now);
  const keys = published.map(({ kid, alg, publicJwk }) => ({ ...publicJwk, kid, alg, use: "sig" }));
  const jwksUntil = Math.min(...published.map((key) => publishedUntil(key, stored)));
  return { jwks: JSON.stringify({ keys }), jwksUntil };
}

/** Of several processes that start at once, one makes the key and all of them use it. */
async function makeFirstKey(ctx: Ctx, lasting: Sealer, alg: SigningAlg): Promise<void> {
  const known = await selectSigningKeys(ctx);
  if (known.some((key) => key.alg === alg)) return;
  const key = sealKey(lasting, await generateSigningKey(alg), ctx.random.id("sig"), ctx.clock.now());
  await inTx(ctx, async (ctx) => {
    const first = await claimOnce(ctx, "first_signing_key", alg, Number.MAX_SAFE_INTEGER);
    if (first) await insertSigningKey(ctx, key);
  });
}

async function resealAll(ctx: Ctx, lasting: Sealer): Promise<void> {
  const stored = await selectSigningKeys(ctx);
  await inTx(ctx, async (ctx) => {
    for (const key of stored) {
      const privateDer = openPrivateKey(lasting, key);
      assert(privateDer, "the check value has proved the secrets before signing keys are opened");
      await updateSealed(ctx, key.kid, sealKey(lasting, { ...key, privateDer }, key.kid, key.activeAt).privateSealed);
    }
  });
}
