import type { Tx } from "../context.ts";
import { recordAudit } from "../events/index.ts";
import { sha256Hex } from "../kernel/hash.ts";
import { deleteIdentity, findIdentity, type Identity, insertIdentity, listIdentities } from "./identities.sql.ts";
import { endHalfSignIns } from "./second-factors.ts";
import { recordSecurityEvent } from "./security-events.ts";
import { deleteSessionsBegunBy } from "./sessions.sql.ts";
import { hasWayIn, holdUser } from "./ways-in.ts";

/**
 * RFC 8176 has no word for a provider that vouched. This one says just that: what the provider says of its own methods is
 * hearsay, and to repeat it would let a provider grant itself two factors here.
 */
export const identityAmr = "fed";

/** Nobody has more; whoever wants to fill the table finds an end. */
const mostIdentities = 20;

export type IdentityVerdict =
  | { ok: true; identity: Identity }
  | { ok: false; why: /** This account's own already. */ "linked" | /** Another account's. */ "taken" | "too_many" };

/** Links who somebody has proven to be elsewhere. What is somebody's stays theirs. `name` is the provider's, for the mail. */
export async function linkIdentity(
  tx: Tx,
  { name, ...wanted }: Pick<Identity, "provider" | "subject" | "userId" | "label"> & { name: string },
): Promise<IdentityVerdict> {
  const { userId } = wanted;
  if ((await listIdentities(tx, userId)).length >= mostIdentities) return { ok: false, why: "too_many" };
  const identity = await insertIdentity(tx, wanted);
  if (!identity) {
    const owner = await findIdentity(tx, wanted);
    return { ok: false, why: owner?.userId === userId ? "linked" : "taken" };
  }
  await recordAudit(tx, { actorId: userId, action: "identity.linked", subjectId: userId, detail: factsOf(identity) });
  await recordSecurityEvent(tx, { userId, kind: "identity_linked", detail: { provider: name } });
  return { ok: true, identity };
}

/**
 * It signs in no more, and what it signed in to ends with it. Refused for the last way in: nobody may lock himself out by
 * a click.
 * @param keepSession the session in which this is done
 */
export async function unlinkIdentity(
  tx: Tx,
  { userId, shownId, keepSession }: { userId: string; shownId: string; keepSession: string },
): Promise<{ ok: true; identity: Identity } | { ok: false; why: "unknown" | "last" }> {
  await holdUser(tx, userId);
  const known = (await listIdentities(tx, userId)).find((identity) => shownIdentityId(identity) === shownId);
  const identity = known && (await deleteIdentity(tx, known));
  if (!identity) return { ok: false, why: "unknown" };
  if (!(await hasWayIn(tx, userId))) return { ok: false, why: "last" };
  await endHalfSignIns(tx, userId);
  await deleteSessionsBegunBy(tx, { userId, amr: identityAmr, except: keepSession });
  await recordAudit(tx, { actorId: userId, action: "identity.unlinked", subjectId: userId, detail: factsOf(identity) });
  const provider = tx.config.identityProviders[identity.provider]?.name ?? identity.provider;
  await recordSecurityEvent(tx, { userId, kind: "identity_unlinked", detail: { provider } });
  return { ok: true, identity };
}

/** The log outlives the account, and some providers take a name or an address for a subject: so its mark stands there. */
function factsOf(identity: Identity): Record<string, string> {
  return { provider: identity.provider, identity: shownIdentityId(identity) };
}

/** For forms and addresses of pages: subjects may be any text. */
export function shownIdentityId({ provider, subject }: Pick<Identity, "provider" | "subject">): string {
  return `idn_${sha256Hex(JSON.stringify([provider, subject])).slice(0, 32)}`;
}
