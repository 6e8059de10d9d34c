import type { Ctx, Tx } from "../context.ts";
import { encodeBase64Url, Packer, Unpacker } from "../kernel/bytes.ts";
import { sameText, sha256Base64Url } from "../kernel/hash.ts";
import type { Sealer } from "../kernel/seal.ts";
import { claimOnce, findOnce } from "../store/index.ts";
import { type LinkedAccount, linkText, signInText } from "./key-texts.ts";

/** What a nonce is good for, and for whom: the mark of a browser or the account. A program that signs in has neither yet. */
export type NonceUse =
  | { purpose: "sign-in"; browser: string }
  | { purpose: "cli-sign-in" }
  | { purpose: "link-key"; account: LinkedAccount };

/** What a key has to sign. */
export interface KeyChallenge {
  nonce: string;
  text: string;
  /** Epoch milliseconds. */
  issuedAt: number;
  expiresAt: number;
}

/** A challenge that came back in time and from where it was given to. */
export interface OpenChallenge extends KeyChallenge {
  /** 128 bits of chance: the mark under which it is spent. */
  id: string;
}

const lifeMs = 300_000;
/** By how much the clocks of two processes may differ. */
const skewMs = 5000;
const onceKind = "hotkey_nonce";

/** Sealed, so that asking for one writes nothing; only spending one leaves a mark. */
export interface KeyNonces {
  issue(use: NonceUse): KeyChallenge;
  /** Undefined for what was given out for something else, to somebody else, too long ago, or never; also for a spent one. */
  open(use: NonceUse, nonce: string): Promise<OpenChallenge | undefined>;
}

export function createKeyNonces(ctx: Ctx, sealer: Sealer): KeyNonces {
  const { issuer } = ctx.config;
  const sealPurpose = ({ purpose }: NonceUse) => `hotkey nonce ${purpose}`;
  const challenge = (use: NonceUse, nonce: string, issuedAt: number): KeyChallenge => {
    const dated = { nonce, issuedAt, expiresAt: issuedAt + lifeMs };
    return { ...dated, text: textOf(use, { issuer, ...dated }) };
  };
  return {
    issue(use) {
      const issuedAt = ctx.clock.now();
      const payload = new Packer().bytes(ctx.random.bytes(16)).u48(issuedAt).text(ownerOf(use)).finish();
      return challenge(use, sealer.seal(sealPurpose(use), payload), issuedAt);
    },
    async open(use, nonce) {
      const payload = nonce.length > 512 ? undefined : sealer.open(sealPurpose(use), nonce);
      if (!payload) return undefined;
      const unpacker = new Unpacker(payload);
      const id = encodeBase64Url(unpacker.bytes());
      const issuedAt = unpacker.u48();
      if (!sameText(unpacker.text(), ownerOf(use))) return undefined;
      const now = ctx.clock.now();
      if (issuedAt > now + skewMs || now >= issuedAt + lifeMs) return undefined;
      if (await findOnce(ctx, onceKind, id)) return undefined;
      return { id, ...challenge(use, nonce, issuedAt) };
    },
  };
}

/** True for one caller over all processes; the mark is taken back if the transaction is. */
export function spendNonce(tx: Tx, { id, expiresAt }: OpenChallenge): Promise<boolean> {
  return claimOnce(tx, onceKind, id, expiresAt + skewMs);
}

function ownerOf(use: NonceUse): string {
  if (use.purpose === "cli-sign-in") return "";
  return use.purpose === "sign-in" ? sha256Base64Url(use.browser) : use.account.id;
}

function textOf(use: NonceUse, challenge: Parameters<typeof signInText>[1]): string {
  if (use.purpose === "link-key") return linkText(use.account, challenge);
  return signInText(use.purpose, challenge);
}
