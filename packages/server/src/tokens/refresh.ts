import type { App } from "../apps/index.ts";
import { allowsScope } from "../consent/index.ts";
import { type Ctx, inTx } from "../context.ts";
import { allowedScopes } from "./chain.ts";
import { commitRotation, type Family, selectFamily } from "./families.sql.ts";
import { findUnbroken } from "./find-unbroken.ts";
import { type Issued, issue, type Mint } from "./issue.ts";
import type { Live } from "./live.ts";
import type { RefreshToken } from "./refresh-token.ts";
import { revokeFamily } from "./revoke.ts";

export type RefreshResult =
  | { ok: true; issued: Issued }
  /**
   * `dead`: not the living one. `expired`, `revoked`: nor is any other of its family. `replayed`: used up long ago, and
   * the whole family is dead now.
   * `closed`: user, app or grant have ended since. `scope`: more was asked for than was given.
   */
  | { ok: false; why: Lost | "closed" | "scope" };

type Lost = "dead" | "expired" | "revoked" | "replayed";

const dayMs = 86_400_000;
/** However often it is used, a sign-in ends a year after it began. */
const longestLifeMs = 365 * dayMs;

/** Epoch milliseconds: slides with every use, up to the absolute limit. */
export function refreshLifeEnd({ clock }: Ctx, app: App, familyCreatedAt: number): number {
  return Math.min(clock.now() + app.refreshTokenLifetimeDays * dayMs, familyCreatedAt + longestLifeMs);
}

/**
 * Rotates the family. One statement decides: of many at once one rotates, and the others get the same successor, so
 * that one living head is left.
 *
 * @param asked the scopes of the new access token; undefined for all that was given
 * @throws Fault `temporarily_unavailable`; then nothing was issued.
 */
export async function refresh(
  mint: Mint,
  live: Pick<Live, "findChain">,
  token: RefreshToken,
  app: App,
  asked: readonly string[] | undefined,
): Promise<RefreshResult> {
  const { ctx } = mint;
  // A request is judged by when it came: what it then waits for makes no thief of an honest client.
  const begunAt = ctx.clock.now();
  const given = new Set(token.scopes);
  if (asked?.some((scope) => !allowsScope(given, scope))) return { ok: false, why: "scope" };
  const wanted = asked ?? token.scopes;
  const chain = await findUnbroken(ctx, live, token, wanted);
  if (!chain) return { ok: false, why: "closed" };
  const family =
    (await commitRotation(ctx, token, refreshLifeEnd(ctx, app, token.familyCreatedAt))) ??
    (await judgeUsed(ctx, token, begunAt));
  if (typeof family !== "string") {
    return { ok: true, issued: issue(mint, app, { family, chain, scopes: allowedScopes(wanted, chain), nonce: null }) };
  }
  if (family === "replayed") {
    await inTx(ctx, (ctx) => revokeFamily(ctx, token.familyId, { actorId: app.id, action: "family.replayed" }));
  }
  return { ok: false, why: family };
}

/** A token that is not the living one: a client that repeats itself, or a thief. */
async function judgeUsed(ctx: Ctx, token: RefreshToken, begunAt: number): Promise<Family | Lost> {
  const family = await selectFamily(ctx, token.familyId);
  if (family?.appId !== token.appId) return "dead";
  if (family.revokedAt !== null) return "revoked";
  if (family.expiresAt <= ctx.clock.now()) return "expired";
  const behind = family.generation - token.generation;
  // Ahead, or not behind after all: the row was older than the token, as after restoring a backup.
  if (behind <= 0) return "dead";
  if (!isInGrace(ctx, family, begunAt)) return "replayed";
  return behind === 1 ? family : "dead";
}

function isInGrace({ config }: Ctx, { rotatedAt }: Family, now: number): boolean {
  return now - rotatedAt < config.tokens.refreshGraceSeconds * 1000;
}

/** The one that was rotated a moment ago counts too: by being told of the rotation, a thief would know when to come. */
export function isUsable(ctx: Ctx, family: Family, token: RefreshToken, now: number): boolean {
  const behind = family.generation - token.generation;
  return behind === 0 || (behind === 1 && isInGrace(ctx, family, now));
}
