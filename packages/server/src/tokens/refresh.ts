import type { App } from "../apps/index.ts";
import { allowsScope } from "../consent/index.ts";
import { type Ctx, inTx, type Tx } from "../context.ts";
import { selectChain } from "./chain.sql.ts";
import { allowedScopes, isUnbroken } from "./chain.ts";
import { type Family, rotateFamily, selectFamily } from "./families.sql.ts";
import { type Issued, issue, type Mint } from "./issue.ts";
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
  token: RefreshToken,
  app: App,
  asked: readonly string[] | undefined,
): Promise<RefreshResult> {
  const { ctx } = mint;
  const taken = await inTx(ctx, async (ctx) => {
    const family = await takeTurn(ctx, token, app);
    if (typeof family === "string") return { ok: false, why: family } as const;
    const chain = await selectChain(ctx, family.grantId);
    if (!chain || !isUnbroken(chain, token.generations, ctx.clock.now())) return { ok: false, why: "closed" } as const;
    const given = new Set(family.scopes);
    if (asked?.some((scope) => !allowsScope(given, scope))) return { ok: false, why: "scope" } as const;
    const scopes = allowedScopes(asked ?? family.scopes, chain);
    return { ok: true, family, chain, scopes, nonce: null } as const;
  });
  if (taken.ok) return { ok: true, issued: issue(mint, app, taken) };
  if (taken.why === "replayed") {
    await inTx(ctx, (ctx) => revokeFamily(ctx, token.familyId, { actorId: app.id, action: "family.replayed" }));
  }
  return taken;
}

async function takeTurn(tx: Tx, token: RefreshToken, app: App): Promise<Family | Lost> {
  const expiresAt = refreshLifeEnd(tx, app, token.familyCreatedAt);
  const rotation = { id: token.familyId, appId: app.id, generation: token.generation, expiresAt };
  const rotated = await rotateFamily(tx, rotation);
  if (rotated) return rotated;
  const family = await selectFamily(tx, token.familyId);
  return family ? judgeUsed(tx, token, family) : "dead";
}

/** A token that is not the living one: a client that repeats itself, or a thief. */
function judgeUsed({ clock, config }: Ctx, token: RefreshToken, family: Family): Family | Lost {
  const now = clock.now();
  if (family.revokedAt !== null) return "revoked";
  if (family.expiresAt <= now) return "expired";
  const behind = family.generation - token.generation;
  // Ahead, or not behind after all: the row was older than the token, as after restoring a backup.
  if (behind <= 0) return "dead";
  const withinGrace = now - family.rotatedAt < config.tokens.refreshGraceSeconds * 1000;
  if (!withinGrace) return "replayed";
  return behind === 1 ? family : "dead";
}
