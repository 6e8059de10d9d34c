import { type Ctx, inTx } from "../context.ts";
import { readBytes } from "../http/body.ts";
import { networkOf } from "../http/client-ip.ts";
import { createRateLimiter, rateLimited } from "../http/rate-limit.ts";
import { Fault } from "../kernel/faults.ts";
import { sha256Hex } from "../kernel/hash.ts";
import { callText, findKeyUser, proveKey, readCallNonce, touchSignatureKey, type User } from "../people/index.ts";
import { claimOnce } from "../store/index.ts";

/** How far the clock of whoever signs may be from ours. */
const windowMs = 300_000;
/** No operation takes more: that is a logo. */
const largestBody = 1_048_576;
/** Of calls that turn out not to be signed; one that is makes all forgotten. */
const peerLimit = { attempts: 300, seconds: 60 };

interface Signer {
  userId: string;
  hotkeyId: string;
}

export interface SignedCalls {
  /**
   * Who signed this call with a linked key; undefined for a call without the headers of one. Spends the nonce: the second
   * question about the same request only asks whether the key is still linked.
   * @throws Fault `invalid_token`, `rate_limited`
   */
  findSigner(request: Request, peer: string): Promise<Signer | undefined>;
}

export function createSignedCalls(ctx: Ctx): SignedCalls {
  const peers = createRateLimiter({ clock: ctx.clock, ...peerLimit });
  const known = new WeakMap<Request, Signer>();

  async function askAgain({ hotkeyId, userId }: Signer): Promise<Signer> {
    const user = await findCaller(ctx, hotkeyId);
    if (user?.id !== userId) throw unknownSigner();
    return { hotkeyId, userId };
  }

  async function prove(request: Request, { hotkey, signature, nonce }: Headers, peer: string): Promise<Signer> {
    const seconds = peers.attempt(peer);
    if (seconds > 0) throw rateLimited(seconds);
    const signedAt = readCallNonce(nonce)?.signedAt;
    if (signedAt === undefined || Math.abs(ctx.clock.now() - signedAt) > windowMs) throw refused("Invalid nonce!");
    const text = callText({
      issuer: ctx.config.issuer,
      method: request.method,
      target: targetOf(request.url),
      body: await readCopy(request),
      nonce,
    });
    const owner = (await proveKey(ctx, { hotkey, signature, text }, { linkedOnly: true }))?.owner;
    if (!owner) throw unknownSigner();
    const hotkeyId = owner.key.id;
    const mark = sha256Hex(`${hotkeyId} ${nonce}`);
    const spent = await inTx(ctx, async (tx) => {
      // Kept for twice the window: the clock of another process may be behind.
      const first = await claimOnce(tx, "hotkey_call", mark, signedAt + 2 * windowMs);
      const user = first ? await findCaller(tx, hotkeyId) : undefined;
      if (user) await touchSignatureKey(tx, hotkeyId);
      return user ? { ok: true as const, user } : { ok: false as const, first };
    });
    if (!spent.ok) throw spent.first ? unknownSigner() : refused("Invalid nonce!");
    peers.forget(peer);
    return { userId: spent.user.id, hotkeyId };
  }

  return {
    async findSigner(request, peer) {
      const headers = readHeaders(request);
      if (!headers) return undefined;
      const before = known.get(request);
      if (before) return askAgain(before);
      const signer = await prove(request, headers, networkOf(peer));
      known.set(request, signer);
      return signer;
    },
  };
}

interface Headers {
  hotkey: string;
  signature: string;
  nonce: string;
}

function readHeaders({ headers }: Request): Headers | undefined {
  const hotkey = headers.get("x-innkeeper-hotkey");
  const signature = headers.get("x-innkeeper-signature");
  const nonce = headers.get("x-innkeeper-nonce");
  if (hotkey === null && signature === null && nonce === null) return undefined;
  if (headers.has("authorization")) {
    throw new Fault("invalid_request", "Say in one way who calls: Authorization, or the headers of a hotkey.");
  }
  if (hotkey === null || signature === null || nonce === null) {
    throw refused("Missing or invalid authorization header(s)");
  }
  return { hotkey, signature, nonce };
}

/** Path and query as they came; the origin is ours whatever the request says. */
function targetOf(url: string): string {
  return url.slice(url.indexOf("/", url.indexOf("//") + 2));
}

/** The operation reads the body once more. */
async function readCopy(request: Request): Promise<Uint8Array> {
  return request.body === null ? new Uint8Array() : readBytes(request.clone(), largestBody);
}

/** Somebody about to be deleted may sign in, to take that back, and do nothing else. */
async function findCaller(ctx: Ctx, hotkeyId: string): Promise<User | undefined> {
  const user = await findKeyUser(ctx, hotkeyId);
  return user?.deletionDueAt === null ? user : undefined;
}

function unknownSigner(): Fault {
  return refused("Invalid token or user not found");
}

function refused(description: string): Fault {
  return new Fault("invalid_token", description, { headers: { "www-authenticate": "Hotkey" } });
}
