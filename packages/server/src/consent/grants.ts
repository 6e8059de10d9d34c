import type { Ctx, Tx } from "../context.ts";
import { announce, queueWebhook, recordAudit, type WebhookType } from "../events/index.ts";
import { assert } from "../kernel/assert.ts";
import { joinWords } from "../kernel/words.ts";
import { createBudget } from "../ledger/index.ts";
import { type Cap, covers } from "./caps.ts";
import type { Answered, Grant } from "./grant.ts";
import {
  countGrantsOf,
  endGrant,
  holdGrant,
  lockLiveGrant,
  type NewGrant,
  selectEndedGrantsOf,
  selectGrant,
  selectGrantPage,
  selectGrantsOf,
  selectLiveGrant,
  updateGrant,
} from "./grants.sql.ts";
import { changeCap } from "./raised-cap.ts";
import { canSpend } from "./scopes.ts";
import type { Terms } from "./terms.ts";

/** What a person answered on the consent page. */
export interface ConsentAnswer {
  /** Scopes that were asked for and given. */
  granted: readonly string[];
  /** Scopes that were asked for and not given; taken back if they were allowed before. */
  withheld: readonly string[];
  /** The terms of the form, or null when the form had none and those in force stay. */
  terms: Terms | null;
  /** What the app proposed: answered now, whatever the user made of it. */
  proposal: Cap | null;
}

/** Revoked grants are found too. */
export function findGrant(ctx: Ctx, grantId: string): Promise<Grant | undefined> {
  return selectGrant(ctx, grantId);
}

/** Neither revoked nor expired. */
export async function findLiveGrant(ctx: Ctx, userId: string, appId: string): Promise<Grant | undefined> {
  const grant = await selectLiveGrant(ctx, userId, appId);
  return grant && !hasExpired(grant, ctx.clock.now()) ? grant : undefined;
}

/** What the user allows now, newest first. */
export async function listGrants(ctx: Ctx, userId: string): Promise<Grant[]> {
  const now = ctx.clock.now();
  return (await selectGrantsOf(ctx, userId)).filter((grant) => !hasExpired(grant, now));
}

/** One page of the same, counted from zero, and how many there are in all. */
export async function listGrantPage(
  ctx: Ctx,
  asked: { userId: string; page: number; limit: number },
): Promise<{ total: number; items: Grant[] }> {
  const [total, items] = await Promise.all([countGrantsOf(ctx, asked.userId), selectGrantPage(ctx, asked)]);
  return { total, items };
}

/** What the user revoked, the latest first. */
export function listEndedGrants(ctx: Ctx, userId: string, limit = 100): Promise<Grant[]> {
  return selectEndedGrantsOf(ctx, userId, limit);
}

/**
 * Writes an answer into the one living grant of user and app, which is made if there is none. When something is taken
 * back, every token issued before dies.
 */
export async function giveConsent(tx: Tx, parties: NewGrant, answer: ConsentAnswer): Promise<Grant> {
  const before = await holdLivingGrant(tx, parties);
  const kept = before.scopes.filter((scope) => !answer.withheld.includes(scope));
  const scopes = [...new Set([...kept, ...answer.granted])];
  const grant = await updateGrant(tx, {
    ...before,
    workspaceId: answer.terms ? parties.workspaceId : before.workspaceId,
    scopes,
    budgetId: canSpend(scopes) ? await giveBudget(tx, before, answer.terms) : null,
    expiresAt: answer.terms ? answer.terms.expiresAt : before.expiresAt,
    answered: { ...remember(before.answered, answer), at: tx.clock.now() },
    generation: kept.length < before.scopes.length ? before.generation + 1 : before.generation,
  });
  await announce(tx, "grant", grant.id);
  await recordAudit(tx, {
    actorId: grant.userId,
    action: "consent.given",
    subjectId: grant.id,
    detail: { appId: grant.appId, scopes: joinWords(scopes), terms: answer.terms },
  });
  // Of a first answer the app hears by its code.
  if (before.answered.at !== undefined) await tellApp(tx, "authorization.updated", grant);
  return grant;
}

function tellApp(tx: Tx, type: WebhookType, grant: Grant): Promise<unknown> {
  const { appId, userId, id, scopes, expiresAt } = grant;
  const expires_at = expiresAt === null ? null : new Date(expiresAt).toISOString();
  return queueWebhook(tx, { appId, type, data: { user_id: userId, authorization_id: id, scopes, expires_at } });
}

/** An expired grant is ended like a revoked one, so that nothing of it lives again. */
async function holdLivingGrant(tx: Tx, parties: NewGrant): Promise<Grant> {
  const grant = await holdGrant(tx, parties);
  if (!hasExpired(grant, tx.clock.now())) return grant;
  await revokeGrant(tx, { ...parties, actorId: parties.userId });
  return holdGrant(tx, parties);
}

export function hasExpired(grant: Grant, now: number): boolean {
  return grant.expiresAt !== null && grant.expiresAt <= now;
}

async function giveBudget(tx: Tx, { userId, appId, budgetId }: Grant, terms: Terms | null): Promise<string> {
  if (budgetId === null) {
    assert(terms, "spending is never allowed without a cap");
    return createBudget(tx, terms.limits);
  }
  if (terms) await changeCap(tx, { userId, appId, budgetId, limits: terms.limits });
  return budgetId;
}

function remember(before: Answered, answer: ConsentAnswer): Answered {
  const refused = [...before.refused, ...answer.withheld].filter((scope) => !answer.granted.includes(scope));
  const { proposal } = answer;
  if (!proposal) return { ...before, refused: [...new Set(refused)] };
  // What the new answer covers needs no memory of its own, so the list stays as short as there are periods.
  const others = before.proposals.filter((other) => !covers(proposal, other));
  return { refused: [...new Set(refused)], proposals: [...others, proposal] };
}

export type TermsChange = { ok: true; grant: Grant } | { ok: false; why: "closed" };

/** Only the user's own form comes here. Refused when spending is not allowed or was revoked meanwhile. */
export async function changeTerms(
  tx: Tx,
  change: { userId: string; appId: string; terms: Terms },
): Promise<TermsChange> {
  const before = await lockLiveGrant(tx, change.userId, change.appId);
  if (!before?.budgetId || hasExpired(before, tx.clock.now())) return { ok: false, why: "closed" };
  const { userId, appId, budgetId } = before;
  await changeCap(tx, { userId, appId, budgetId, limits: change.terms.limits });
  const grant = await updateGrant(tx, { ...before, expiresAt: change.terms.expiresAt });
  await announce(tx, "grant", grant.id);
  await recordAudit(tx, {
    actorId: change.userId,
    action: "cap.changed",
    subjectId: grant.id,
    detail: { appId: change.appId, terms: change.terms },
  });
  await tellApp(tx, "authorization.updated", grant);
  return { ok: true, grant };
}

/** Kills everything beneath the grant: codes, tokens and keys. What was spent stays on the bill. Undefined if none lived. */
export async function revokeGrant(
  tx: Tx,
  revocation: { userId: string; appId: string; actorId: string },
): Promise<Grant | undefined> {
  const grant = await endGrant(tx, revocation.userId, revocation.appId);
  if (!grant) return undefined;
  await announce(tx, "grant", grant.id);
  await recordAudit(tx, {
    actorId: revocation.actorId,
    action: "consent.revoked",
    subjectId: grant.id,
    detail: { appId: grant.appId },
  });
  await tellApp(tx, "authorization.revoked", grant);
  return grant;
}
