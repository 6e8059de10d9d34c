import { Buffer } from "node:buffer";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { z } from "zod";
import type { Ctx } from "../context.ts";
import { decodeBase64Url, encodeBase64Url } from "../kernel/bytes.ts";
import { type Passkey, passkeyAlgorithms, relyingPartyOf } from "./passkey.ts";
import type { ChallengeUse, OpenPasskeyChallenge, PasskeyChallenges } from "./passkey-challenges.ts";
import { findPasskey, type NewPasskey } from "./passkeys.sql.ts";
import type { User } from "./user.ts";
import { findUser } from "./users.sql.ts";

/** WebAuthn 4: a credential id has 1023 bytes at most. */
const credentialId = z.string().regex(/^[\w-]{1,1364}$/);
const bytes = z.string().regex(/^[\w-]{1,16384}$/);

const attestation = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z.array(z.string()).max(16).optional().catch(undefined),
  }),
});

const assertion = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    // Which account the key is of: a passkey says so by itself.
    userHandle: bytes,
  }),
});

/** Ours has no page in the frame of another. */
const clientData = z.object({ challenge: z.string(), crossOrigin: z.literal(false).optional() });

/** What an authenticator made for us, not yet kept. */
export interface MadePasskey {
  passkey: Omit<NewPasskey, "name">;
  /** The model of its authenticator. */
  aaguid: string;
  challenge: OpenPasskeyChallenge;
}

/** A passkey that was used just now, by the one whom it belongs to. */
export interface PasskeyProof {
  passkey: Passkey;
  user: User;
  /** As its authenticator counts now. */
  counter: number;
  syncedAt: number | null;
  challenge: OpenPasskeyChallenge;
}

/** Undefined unless the JSON is that of a passkey made for this very use (WebAuthn 7.1). */
export async function proveNewPasskey(
  ctx: Ctx,
  challenges: PasskeyChallenges,
  use: Extract<ChallengeUse, { purpose: "add" }>,
  json: string,
): Promise<MadePasskey | undefined> {
  const response = readJson(attestation, json);
  const ceremony = response && (await openCeremony(ctx, challenges, use, response.response.clientDataJSON));
  if (!ceremony || !(await isWithoutCertificates(response.response.attestationObject))) return undefined;
  const { verifyRegistrationResponse } = await import("@simplewebauthn/server");
  const { clientDataJSON, attestationObject, transports } = response.response;
  const sent: RegistrationResponseJSON = {
    ...response,
    response: { clientDataJSON, attestationObject },
    clientExtensionResults: {},
  };
  const supportedAlgorithmIDs = [...passkeyAlgorithms];
  const verdict = await verdictOf(() =>
    verifyRegistrationResponse({ ...ceremony.expected, response: sent, supportedAlgorithmIDs }),
  );
  if (!verdict?.verified) return undefined;
  const { credential, credentialDeviceType, credentialBackedUp, aaguid } = verdict.registrationInfo;
  if (credential.id !== response.id) return undefined;
  const passkey = {
    credentialId: credential.id,
    userId: use.userId,
    publicKey: encodeBase64Url(credential.publicKey),
    kind: credentialDeviceType === "singleDevice" ? ("device" as const) : ("synced" as const),
    counter: credential.counter,
    transports: knownTransports.filter((transport) => transports?.includes(transport)),
    syncedAt: credentialBackedUp ? ctx.clock.now() : null,
  };
  return { passkey, aaguid, challenge: ceremony.challenge };
}

/** Undefined unless the JSON is the use of a passkey that a living user has, for this very browser (WebAuthn 7.2). */
export async function provePasskey(
  ctx: Ctx,
  challenges: PasskeyChallenges,
  use: Extract<ChallengeUse, { purpose: "sign-in" }>,
  json: string,
): Promise<PasskeyProof | undefined> {
  const response = readJson(assertion, json);
  const ceremony = response && (await openCeremony(ctx, challenges, use, response.response.clientDataJSON));
  if (!ceremony) return undefined;
  const passkey = await findPasskey(ctx, response.id);
  const user = passkey && (await findUser(ctx, passkey.userId));
  if (!passkey || user?.disabledAt !== null) return undefined;
  if (response.response.userHandle !== encodeBase64Url(Buffer.from(user.id))) return undefined;
  const { verifyAuthenticationResponse } = await import("@simplewebauthn/server");
  const publicKey = Uint8Array.from(decodeBase64Url(passkey.publicKey)!);
  const sent: AuthenticationResponseJSON = { ...response, clientExtensionResults: {} };
  // Whether the counter grew is for the write to judge, which alone can.
  const credential = { id: passkey.credentialId, publicKey, counter: 0 };
  const verdict = await verdictOf(() =>
    verifyAuthenticationResponse({ ...ceremony.expected, response: sent, credential }),
  );
  if (!verdict?.verified) return undefined;
  const { newCounter: counter, credentialDeviceType, credentialBackedUp } = verdict.authenticationInfo;
  // What a key is in this, it stays (WebAuthn 6.1.3).
  if ((credentialDeviceType === "singleDevice") !== (passkey.kind === "device")) return undefined;
  const syncedAt = credentialBackedUp ? (passkey.syncedAt ?? ctx.clock.now()) : null;
  return { passkey, user, counter, syncedAt, challenge: ceremony.challenge };
}

/** The challenge that was signed, and what else must be: our origin and our name exactly, by a user who gave more than a touch. */
async function openCeremony(
  { config: { issuer } }: Ctx,
  challenges: PasskeyChallenges,
  use: ChallengeUse,
  clientDataJson: string,
) {
  const signed = readJson(clientData, Buffer.from(clientDataJson, "base64url").toString("utf8"));
  const challenge = signed && (await challenges.open(use, signed.challenge));
  const expectedRPID = relyingPartyOf(issuer);
  if (!challenge || !expectedRPID) return undefined;
  const expected = { expectedRPID, expectedOrigin: issuer, expectedChallenge: signed.challenge };
  return { challenge, expected: { ...expected, requireUserVerification: true } };
}

function readJson<T>(shape: z.ZodType<T>, text: string): T | undefined {
  try {
    return shape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * We ask for no attestation. A chain of certificates that comes all the same is not looked at: it would have the library
 * ask servers of a stranger's choice what was revoked.
 */
async function isWithoutCertificates(attestationObject: string): Promise<boolean> {
  const { decodeAttestationObject } = await import("@simplewebauthn/server/helpers");
  const format = await verdictOf(() => {
    const decoded = decodeAttestationObject(Uint8Array.from(Buffer.from(attestationObject, "base64url")));
    return { name: decoded.get("fmt"), certified: decoded.get("attStmt").get("x5c") !== undefined };
  });
  return format?.name === "none" || (format?.name === "packed" && !format.certified);
}

/** The library says no by throwing, whatever it is that does not fit. */
async function verdictOf<T>(judge: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await judge();
  } catch {
    return undefined;
  }
}

const knownTransports = ["usb", "nfc", "ble", "smart-card", "hybrid", "internal"];
