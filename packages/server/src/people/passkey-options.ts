import { Buffer } from "node:buffer";
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import type { Ctx } from "../context.ts";
import { encodeBase64Url } from "../kernel/bytes.ts";
import { type Passkey, passkeyAlgorithms, relyingPartyOf } from "./passkey.ts";
import { challengeLifeMs } from "./passkey-challenges.ts";
import type { User } from "./user.ts";

/** What a browser asks an authenticator for (WebAuthn 5.4). Undefined where the platform has no name to bind a passkey to. */
export function newPasskeyOptions(
  { config: { issuer, brand } }: Ctx,
  { user, known, challenge }: { user: User; known: readonly Passkey[]; challenge: string },
): PublicKeyCredentialCreationOptionsJSON | undefined {
  const id = relyingPartyOf(issuer);
  if (id === undefined) return undefined;
  return {
    rp: { id, name: brand.name },
    user: {
      id: encodeBase64Url(Buffer.from(user.id)),
      name: user.email ?? user.username,
      displayName: user.displayName,
    },
    challenge,
    pubKeyCredParams: passkeyAlgorithms.map((alg) => ({ type: "public-key", alg })),
    timeout: challengeLifeMs.add,
    attestation: "none",
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    // One for each authenticator and account is enough.
    excludeCredentials: known.map(({ credentialId, transports }) => ({
      type: "public-key",
      id: credentialId,
      transports: transports as never,
    })),
  };
}

/** The same for a use of any passkey that the person has here (WebAuthn 5.5): nobody has to say who they are first. */
export function passkeySignInOptions(
  { config: { issuer } }: Ctx,
  challenge: string,
): PublicKeyCredentialRequestOptionsJSON | undefined {
  const rpId = relyingPartyOf(issuer);
  return rpId === undefined ? undefined : { challenge, rpId, userVerification: "required", allowCredentials: [] };
}
