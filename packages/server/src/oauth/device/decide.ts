import type { App } from "../../apps/index.ts";
import { type ConsentAnswer, giveConsent, grantedScopes } from "../../consent/index.ts";
import type { Tx } from "../../context.ts";
import { recordAudit } from "../../events/index.ts";
import type { Session, User } from "../../people/index.ts";
import type { Approval } from "../../tokens/index.ts";
import type { DeviceRequest } from "./device-request.ts";
import { updateOutcome } from "./device-requests.sql.ts";

/** Who decides, and what about. */
export interface Deciding {
  request: DeviceRequest;
  app: App;
  session: Session;
  user: User;
}

export type Decided =
  | { ok: true; outcome: "approved" | "denied" }
  /** It was decided before, has expired, or belongs to another session. */
  | { ok: false; why: "closed" };

/** Writes the grant and the decision, both or neither. */
export async function approveDevice(
  tx: Tx,
  deciding: Deciding,
  { workspaceId, answer }: { workspaceId: string; answer: ConsentAnswer },
): Promise<Decided> {
  const { request, app, session, user } = deciding;
  const grant = await giveConsent(tx, { userId: user.id, appId: app.id, workspaceId }, answer);
  const scopes = grantedScopes(grant, request.asked);
  // With a grant from before it may be that all of this was taken back, and nothing is left to be signed in with.
  if (scopes.length === 0) return decide(tx, deciding, undefined);
  return decide(tx, deciding, {
    id: request.id,
    userId: user.id,
    appId: app.id,
    grantId: grant.id,
    generations: { user: user.generation, app: request.appGeneration, grant: grant.generation },
    scopes,
    authenticatedAt: session.authenticatedAt,
    amr: session.amr,
    acr: session.acr,
  });
}

export function denyDevice(tx: Tx, deciding: Deciding): Promise<Decided> {
  return decide(tx, deciding, undefined);
}

async function decide(
  tx: Tx,
  { request, app, session, user }: Deciding,
  approval: Approval | undefined,
): Promise<Decided> {
  if (!(await updateOutcome(tx, request.id, session.id, approval))) return { ok: false, why: "closed" };
  const outcome = approval ? "approved" : "denied";
  const detail = { appId: app.id };
  await recordAudit(tx, { actorId: user.id, action: `device.${outcome}`, subjectId: request.id, detail });
  return { ok: true, outcome };
}
