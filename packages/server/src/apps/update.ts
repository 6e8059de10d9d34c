import type { Tx } from "../context.ts";
import { announce, recordAudit } from "../events/index.ts";
import type { App } from "./app.ts";
import { type HeldApp, holdApp, rewriteApp } from "./apps.sql.ts";
import { activateApp, deactivateApp, type Switching } from "./apps.ts";
import { keepFittingDomain } from "./domain-check.ts";
import type { AppChange, AppMetadata } from "./metadata.ts";
import { claimName, freeNames } from "./names.sql.ts";
import { isStillJudged, type JudgedApp } from "./policy.ts";
import { nameKeysOf } from "./row.ts";
import { indexApp } from "./search.sql.ts";

type Said = Omit<AppMetadata, "clientType">;

export type UpdateAppResult =
  | { ok: true; app: App }
  /** `blocked`: an operator deactivated it. `closed`: the app was deleted meanwhile. `changed`: it is another one than was judged, so judge again. */
  | { ok: false; why: "name_taken" | "blocked" | "closed" | "changed" };

/**
 * Changes what is different, and nothing else. What people recognise the app by and where they are sent back to is its
 * face: when that changes, whoever consented before is asked again. Whether an app is public or confidential never changes.
 */
export async function updateApp(
  tx: Tx,
  app: JudgedApp,
  { active, clientType: _fixed, ...change }: AppChange,
  actorId: string,
  switching: Switching = {},
): Promise<UpdateAppResult> {
  const held = await holdApp(tx, app.id);
  if (!held) return { ok: false, why: "closed" };
  if (!isStillJudged(app, held.app, change)) return { ok: false, why: "changed" };
  if (active && held.app.blockedAt !== null && !switching.asOperator) return { ok: false, why: "blocked" };
  const fields = changedFields(held.app, change);
  const said = fields.length === 0 ? held.app : await say(tx, held, change, fields, actorId);
  if (!said) return { ok: false, why: "name_taken" };
  if (active === undefined) return { ok: true, app: said };
  const turn = active ? activateApp : deactivateApp;
  return { ok: true, app: (await turn(tx, app.id, actorId, switching)) ?? said };
}

async function say(
  tx: Tx,
  held: HeldApp,
  change: Partial<Said>,
  fields: (keyof Said)[],
  actorId: string,
): Promise<App | undefined> {
  const before = held.app;
  const after: Said = { ...saidOf(before), ...change };
  if (fields.includes("name")) {
    const nameKeys = nameKeysOf(after.name);
    if (!(await claimName(tx, nameKeys, before.id))) return undefined;
    await freeNames(tx, before.id, nameKeys);
  }
  // An app that may not spend any more must not go on with tokens of the time when it might.
  const generation = before.generation + (after.identityOnly && !before.identityOnly ? 1 : 0);
  const faceChangedAt = fields.some(isFace) ? tx.clock.now() : before.faceChangedAt;
  const rewritten = await rewriteApp(tx, held, after, { generation, faceChangedAt });
  const app = await keepFittingDomain(tx, rewritten, actorId);
  await indexApp(tx, app);
  await announce(tx, "app", app.id);
  const addresses = fields.includes("redirectUris") && { from: before.redirectUris, to: app.redirectUris };
  await recordAudit(tx, {
    actorId,
    action: "app.updated",
    subjectId: app.id,
    detail: { fields, ...(addresses && { redirectUris: addresses }) },
  });
  return app;
}

const face: readonly (keyof Said)[] = ["name", "logoUrl", "redirectUris"];

function isFace(field: keyof Said): boolean {
  return face.includes(field);
}

function changedFields(app: App, change: Partial<Said>): (keyof Said)[] {
  const before = saidOf(app);
  return (Object.keys(change) as (keyof Said)[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(change[field]),
  );
}

function saidOf(app: App): Said {
  return {
    name: app.name,
    description: app.description,
    redirectUris: app.redirectUris,
    homepageUrl: app.homepageUrl,
    logoUrl: app.logoUrl,
    privacyPolicyUrl: app.privacyPolicyUrl,
    termsUrl: app.termsUrl,
    allowedScopes: app.allowedScopes,
    listed: app.listedAt !== null,
    refreshTokenLifetimeDays: app.refreshTokenLifetimeDays,
    idTokenSignedResponseAlg: app.idTokenSignedResponseAlg,
    accessTokenFormat: app.accessTokenFormat,
    grantTypes: app.grantTypes,
    identityOnly: app.identityOnly,
    requirePkce: app.requirePkce,
    postLogoutRedirectUris: app.postLogoutRedirectUris,
    webhookUrl: app.webhookUrl,
    budgetProposal: app.budgetProposal,
  };
}
