import type { App } from "../apps/index.ts";
import { readBasic } from "../http/basic.ts";
import type { Form } from "../http/form.ts";
import { Fault } from "../kernel/faults.ts";
import { sameHash, sha256Hex } from "../kernel/hash.ts";
import type { Client, Clients } from "../tokens/index.ts";

/** The ways in which a client may say who it is, for discovery (RFC 7591 2). */
export const authMethods = ["client_secret_basic", "client_secret_post", "none"] as const;

interface Claim {
  clientId: string;
  /** Undefined for a client that has none: anybody may speak for it. */
  secret: string | undefined;
}

/**
 * The app that sends this form: a confidential one has proved it, of a public one we have the word.
 *
 * @throws Fault `invalid_client`, the same for an unknown client and a wrong secret; `invalid_request` for two proofs.
 */
export async function authenticateClient(clients: Clients, request: Request, form: Form): Promise<App> {
  const app = await findClaimant(clients, request, form);
  if (app) return app;
  throw new Fault("invalid_client", "Say which app this is: client_id, and its client_secret if it has one.");
}

/** The same where a client need not say who it is. @throws Fault as {@link authenticateClient} */
export async function findClaimant(clients: Clients, request: Request, form: Form): Promise<App | undefined> {
  const claim = readClaim(request, form);
  if (!claim) return undefined;
  const known = clients.recall(claim.clientId);
  if (isProved(known, claim)) return known?.app;
  // Every refusal is the database's: a new secret is known at once, and guessing takes the same time for every client.
  if (claim.secret !== undefined && !fits(await clients.readSecretHashes(claim.clientId), claim.secret))
    throw unproved();
  const client = await clients.read(claim.clientId);
  if (isProved(client, claim)) return client?.app;
  throw unproved();
}

function unproved(): Fault {
  return new Fault("invalid_client", "The app is unknown, or this is not its secret.");
}

function readClaim(request: Request, form: Form): Claim | undefined {
  const basic = readBasic(request);
  const clientId = form.get("client_id");
  const secret = form.get("client_secret");
  if (basic) {
    // RFC 6749 2.3: never more than one method.
    if (secret !== undefined)
      throw new Fault("invalid_request", "The secret is sent twice: in the header and the body.");
    if (clientId !== undefined && clientId !== basic.id) {
      throw new Fault("invalid_request", "Header and body name two different clients.");
    }
    return { clientId: basic.id, secret: basic.secret };
  }
  if (clientId !== undefined) return { clientId, secret };
  if (secret !== undefined) throw new Fault("invalid_client", "client_id is missing.");
  return undefined;
}

function isProved(client: Client | undefined, { secret }: Claim): boolean {
  const proved = secret === undefined ? client?.app.clientType === "public" : fits(client?.secretHashes ?? [], secret);
  return proved && client?.app.deactivatedAt === null;
}

/** Compared where there is nothing to compare, so that it takes time there too. Equal to no hash. */
const nothing = ["-".repeat(64)];

function fits(secretHashes: readonly string[], secret: string): boolean {
  const hash = sha256Hex(secret);
  let found = false;
  for (const known of secretHashes.length > 0 ? secretHashes : nothing) found = sameHash(known, hash) || found;
  return found;
}
