import { type Ctx, inTx, type Tx } from "../context.ts";
import { announce, recordAudit } from "../events/index.ts";
import type { Sealer } from "../kernel/seal.ts";
import { claimOnce } from "../store/index.ts";
import { type AccessToken, accessTokenLifeMs, clockMarginMs } from "./access-token.ts";
import { selectKeyByHash } from "./api-keys.sql.ts";
import { hashApiKey, revokeApiKey } from "./api-keys.ts";
import { selectChain } from "./chain.sql.ts";
import { isOfClient } from "./client-credentials.ts";
import { selectFamily, updateRevoked } from "./families.sql.ts";
import type { ReadAccessToken } from "./read-access-token.ts";
import { openRefreshToken } from "./refresh-token.ts";
import { revokedKind } from "./revocations.sql.ts";

/** Kills every token of the family within a second. False when it did not live. */
export async function revokeFamily(
  tx: Tx,
  familyId: string,
  { actorId, action }: { actorId: string; action: "family.revoked" | "family.replayed" | "code.replayed" },
): Promise<boolean> {
  const family = await updateRevoked(tx, familyId);
  if (!family) return false;
  await markRevoked(tx, familyId, tx.clock.now() + accessTokenLifeMs + clockMarginMs);
  await recordAudit(tx, { actorId, action, subjectId: familyId, detail: { grantId: family.grantId } });
  return true;
}

async function revokeAccessToken(tx: Tx, token: AccessToken, actorId: string): Promise<void> {
  const marked = await markRevoked(tx, token.id, token.expiresAt + clockMarginMs);
  if (!marked) return;
  await recordAudit(tx, { actorId, action: "token.revoked", subjectId: token.id, detail: { grantId: token.grantId } });
}

async function markRevoked(tx: Tx, id: string, expiresAt: number): Promise<boolean> {
  const marked = await claimOnce(tx, revokedKind, id, expiresAt);
  if (marked) await announce(tx, "revoked", id);
  return marked;
}

export interface RevokeTools {
  ctx: Ctx;
  sealer: Sealer;
  readAccessToken: ReadAccessToken;
}

/**
 * Ends whatever the text is: an access token, a refresh token with its family, an API key (RFC 7009). What is unknown,
 * expired or belongs to another app stays as it is, and nobody is told which it was.
 *
 * @param appId the app that asks; undefined for whoever merely holds the text
 * @throws Fault `temporarily_unavailable` when it could not be done
 */
export async function revokeBearer(
  { ctx, sealer, readAccessToken }: RevokeTools,
  text: string,
  appId: string | undefined,
): Promise<void> {
  const actorId = appId ?? "bearer";
  const belongs = (owner: string | null | undefined) => appId === undefined || owner === appId;

  const access = await readAccessToken(text);
  if (access) {
    if (access.expiresAt <= ctx.clock.now()) return;
    const owner = await findAppOf(ctx, access);
    if (owner && belongs(owner)) await inTx(ctx, (ctx) => revokeAccessToken(ctx, access, actorId));
    return;
  }
  const refresh = openRefreshToken(sealer, text);
  if (refresh) {
    if (!belongs(refresh.appId)) return;
    await inTx(ctx, (ctx) => revokeFamily(ctx, refresh.familyId, { actorId, action: "family.revoked" }));
    return;
  }
  const hash = hashApiKey(text);
  const key = hash && (await selectKeyByHash(ctx, hash));
  if (key && belongs(key.appId)) await inTx(ctx, (ctx) => revokeApiKey(ctx, key.id, actorId));
}

async function findAppOf(ctx: Ctx, token: AccessToken): Promise<string | undefined> {
  if (isOfClient(token)) return (await selectChain(ctx, token.grantId))?.app.id;
  return (await selectFamily(ctx, token.familyId))?.appId;
}
