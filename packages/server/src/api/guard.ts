import { isCommandLine } from "../apps/index.ts";
import type { Ctx } from "../context.ts";
import { bearerChallenge, readBearer } from "../http/bearer.ts";
import { createCookies } from "../http/cookies.ts";
import { deadBearerFault } from "../http/dead-bearer.ts";
import { Fault } from "../kernel/faults.ts";
import { accountMetadataPath } from "../oauth/index.ts";
import { type Acr, findSession, isRecentlyProven, oneFactor, type Session } from "../people/index.ts";
import type { KeyMaker, Tokens } from "../tokens/index.ts";
import { createSignedCalls } from "./signed-call.ts";

/** Whoever calls the API, by key, access token, session or signature. */
export interface ApiCaller extends KeyMaker {
  /** Set for somebody in a browser. */
  session: Session | undefined;
}

export interface Guard {
  /**
   * @param anyOf One of these scopes is enough. None: only the user in person will do.
   * @throws Fault `invalid_token`, `insufficient_scope`, `rate_limited`, or `forbidden` for a forged form.
   */
  getCaller(request: Request, anyOf: readonly string[]): Promise<ApiCaller>;
}

/** The guard of the calls that come from one address. */
export type GuardAt = (peer: string) => Guard;

export function createGuard(ctx: Ctx, tokens: Tokens): GuardAt {
  const { issuer } = ctx.config;
  const metadata = issuer + accountMetadataPath;
  const cookies = createCookies(issuer);
  const signedCalls = createSignedCalls(ctx);

  async function bySession(request: Request): Promise<ApiCaller | undefined> {
    const session = await findSession(ctx, cookies.read(request, "session"));
    if (!session) return undefined;
    if (request.method !== "GET" && !isFromOwnOrigin(request, issuer)) {
      throw new Fault("forbidden", "A session may change things from this platform's own pages only.");
    }
    return { ...inPerson(session.userId, session.authenticatedAt, session.acr), session };
  }

  /** The holder of a genuine token is told what became of it. */
  async function unknownCaller(bearer: string | undefined): Promise<Fault> {
    if (bearer === undefined) {
      const headers = bearerChallenge({ resource_metadata: metadata });
      return new Fault("invalid_token", "Missing or invalid authorization header(s)", { headers });
    }
    const why = await tokens.explainDead(bearer);
    return deadBearerFault({ issuer, why, otherwise: "Invalid token.", resourceMetadata: metadata });
  }

  return (peer) => ({
    async getCaller(request, anyOf) {
      const signer = await signedCalls.findSigner(request, peer);
      if (signer) return inPerson(signer.userId, ctx.clock.now(), oneFactor);
      const bearer = readBearer(request, metadata);
      const caller = bearer === undefined ? await bySession(request) : await byToken(tokens, bearer);
      if (!caller) throw await unknownCaller(bearer);
      if (caller.scopes && !anyOf.some((scope) => caller.scopes!.has(scope))) throw tooLittle(metadata, anyOf);
      return caller;
    },
  });
}

/** Said to everybody whose proof is too old, or was one factor of two. */
export const staleSignIn =
  "This needs a sign-in of the last 30 minutes, with the second factor of your account if it has one. Sign in again first.";

/**
 * Whoever finds an open browser must not take over what is in it, nor whoever finds one factor of two.
 *
 * @throws Fault `forbidden`, for keys and tokens always
 */
export async function requireRecentSignIn(ctx: Ctx, { userId, provenAt, provenAcr }: ApiCaller): Promise<void> {
  const proof = provenAt === null ? undefined : { userId, authenticatedAt: provenAt, acr: provenAcr };
  if (!proof || !(await isRecentlyProven(ctx, proof))) throw new Fault("forbidden", staleSignIn);
}

/**
 * For what no key may read either: whoever calls in person has shown every factor of the account. A living session has; one
 * signature is one factor.
 *
 * @throws Fault `forbidden`
 */
export async function requireAllFactors(ctx: Ctx, caller: ApiCaller): Promise<void> {
  if (caller.provenAt !== null && !caller.session) await requireRecentSignIn(ctx, caller);
}

function inPerson(userId: string, provenAt: number, provenAcr: Acr): ApiCaller {
  const proven = { provenAt, provenAcr };
  return { userId, appId: null, keyId: null, familyId: null, scopes: undefined, ...proven, session: undefined };
}

/** A cookie comes along with every request, so the browser must say that our own page sent this one. */
function isFromOwnOrigin(request: Request, issuer: string): boolean {
  const site = request.headers.get("sec-fetch-site");
  return site === null ? request.headers.get("origin") === issuer : site === "same-origin";
}

async function byToken(tokens: Tokens, bearer: string): Promise<ApiCaller | undefined> {
  const caller = await tokens.verify(bearer);
  if (!caller) return undefined;
  const { userId, keyId, familyId, scopes } = caller;
  const appId = isCommandLine(caller.appId) ? null : caller.appId;
  return { userId, appId, keyId, familyId, scopes, provenAt: null, provenAcr: null, session: undefined };
}

function tooLittle(metadata: string, anyOf: readonly string[]): Fault {
  if (anyOf.length === 0) {
    return new Fault("forbidden", "No key and no token may do this: sign in, or sign the call with a linked hotkey.");
  }
  return new Fault("insufficient_scope", `This needs the scope ${anyOf.join(" or ")}.`, {
    headers: bearerChallenge({
      error: "insufficient_scope",
      scope: anyOf.join(" "),
      resource_metadata: metadata,
    }),
  });
}
