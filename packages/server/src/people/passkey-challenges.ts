import type { Ctx, Tx } from "../context.ts";
import { encodeBase64Url, Packer, Unpacker } from "../kernel/bytes.ts";
import { sameText, sha256Base64Url } from "../kernel/hash.ts";
import type { Sealer } from "../kernel/seal.ts";
import { claimOnce, findOnce } from "../store/index.ts";

/** What a challenge is good for, and for whom: the mark of a browser, or the session in which a passkey is added. */
export type ChallengeUse =
  | { purpose: "sign-in"; browser: string }
  | { purpose: "add"; sessionId: string; userId: string };

/** A challenge that came back in time and from where it was given to. */
export interface OpenPasskeyChallenge {
  /** 128 bits of chance: the mark under which it is spent. */
  id: string;
  expiresAt: number;
}

/**
 * How long a challenge waits. The page of signing in gives its own to the browser at once, which answers whenever a person
 * comes to choose one where names are filled in: the page may lie open for a while.
 */
export const challengeLifeMs: Readonly<Record<ChallengeUse["purpose"], number>> = {
  "sign-in": 1_800_000,
  add: 300_000,
};

/** By how much the clocks of two processes may differ. */
const skewMs = 5000;
const onceKind = "passkey_challenge";

/** Sealed, so that asking for one writes nothing; only spending one leaves a mark. */
export interface PasskeyChallenges {
  /** Base64url, as it stands in the options for the browser and again in what the authenticator signs. */
  issue(use: ChallengeUse): string;
  /** Undefined for what was given out for something else, to somebody else, too long ago, or never; also for a spent one. */
  open(use: ChallengeUse, challenge: string): Promise<OpenPasskeyChallenge | undefined>;
}

export function createPasskeyChallenges(ctx: Ctx, sealer: Sealer): PasskeyChallenges {
  const sealPurpose = ({ purpose }: ChallengeUse) => `passkey challenge ${purpose}`;
  return {
    issue(use) {
      const payload = new Packer().bytes(ctx.random.bytes(16)).u48(ctx.clock.now()).text(ownerOf(use)).finish();
      return sealer.seal(sealPurpose(use), payload);
    },
    async open(use, challenge) {
      const payload = challenge.length > 512 ? undefined : sealer.open(sealPurpose(use), challenge);
      if (!payload) return undefined;
      const unpacker = new Unpacker(payload);
      const id = encodeBase64Url(unpacker.bytes());
      const issuedAt = unpacker.u48();
      if (!sameText(unpacker.text(), ownerOf(use))) return undefined;
      const now = ctx.clock.now();
      const expiresAt = issuedAt + challengeLifeMs[use.purpose];
      if (issuedAt > now + skewMs || now >= expiresAt) return undefined;
      return (await findOnce(ctx, onceKind, id)) ? undefined : { id, expiresAt };
    },
  };
}

/** True for one caller over all processes; the mark is taken back if the transaction is. */
export function spendPasskeyChallenge(tx: Tx, { id, expiresAt }: OpenPasskeyChallenge): Promise<boolean> {
  return claimOnce(tx, onceKind, id, expiresAt + skewMs);
}

function ownerOf(use: ChallengeUse): string {
  return sha256Base64Url(use.purpose === "sign-in" ? use.browser : `${use.sessionId} ${use.userId}`);
}
