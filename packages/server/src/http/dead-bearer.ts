import { Fault, type KnownRefusal, knownRefusals, refusalPath } from "../kernel/faults.ts";
import { bearerChallenge } from "./bearer.ts";

const advice: Partial<Record<KnownRefusal, string>> = {
  "token-expired": "refresh it, or sign in again",
  "authorization-revoked": "sign in again, and the user is asked again",
};

export interface DeadBearer {
  issuer: string;
  /** Told to whoever holds an authentic bearer; undefined for a text that is none. */
  why: KnownRefusal | undefined;
  /** What is said when nobody may know why. */
  otherwise: string;
  /** Where RFC 9728 metadata of this resource is found. */
  resourceMetadata: string;
}

/** The refusal of a bearer that is not honoured (RFC 6750 3.1). */
export function deadBearerFault({ issuer, why, otherwise, resourceMetadata }: DeadBearer): Fault {
  const description = why ? `${knownRefusals[why]}: ${advice[why]}` : otherwise;
  const known = why && { error_uri: issuer + refusalPath(why) };
  const challenge = { error: "invalid_token", error_description: description, ...known } as const;
  return new Fault("invalid_token", description, {
    headers: bearerChallenge({ ...challenge, resource_metadata: resourceMetadata }),
    fields: { ...known },
  });
}
