import { type Ctx, inTx, type Tx } from "../context.ts";
import { recordAudit } from "../events/index.ts";
import { type Passkey, passkeyAmr } from "./passkey.ts";
import { spendPasskeyChallenge } from "./passkey-challenges.ts";
import { keeperOf } from "./passkey-names.ts";
import type { MadePasskey, PasskeyProof } from "./passkey-proof.ts";
import { deletePasskey, insertPasskey, listPasskeys, updateName, updateUse } from "./passkeys.sql.ts";
import { recordSecurityEvent } from "./security-events.ts";
import { deleteSessionsBegunBy } from "./sessions.sql.ts";
import type { User } from "./user.ts";
import { findUser } from "./users.sql.ts";
import { hasWayIn, holdUser } from "./ways-in.ts";

/** Nobody has more; whoever wants to fill the table finds an end. */
const mostPasskeys = 25;

export type AddVerdict =
  | { ok: true; passkey: Passkey }
  | { ok: false; why: /** Spent by somebody else meanwhile. */ "challenge" | "known" | "too_many" };

/**
 * Keeps a passkey that was made just now: spends its challenge and stores it, or does neither.
 * @param otherwise its name where nobody knows its authenticator
 */
export function addPasskey(
  ctx: Ctx,
  { passkey, aaguid, challenge }: MadePasskey,
  otherwise: string,
): Promise<AddVerdict> {
  return inTx(ctx, async (tx): Promise<AddVerdict> => {
    if (!(await spendPasskeyChallenge(tx, challenge))) return { ok: false, why: "challenge" };
    const own = await listPasskeys(tx, passkey.userId);
    if (own.length >= mostPasskeys) return { ok: false, why: "too_many" };
    const name = freeName(keeperOf(aaguid) ?? otherwise, own);
    const added = await insertPasskey(tx, { ...passkey, name });
    if (!added) return { ok: false, why: "known" };
    await record(tx, "passkey.added", added);
    await recordSecurityEvent(tx, { userId: added.userId, kind: "passkey_added", detail: { name } });
    return { ok: true, passkey: added };
  });
}

/** Two of one maker are told apart by a number until somebody names them better. */
function freeName(name: string, own: readonly Passkey[]): string {
  const taken = new Set(own.map((passkey) => passkey.name));
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name} ${count}`;
  return free;
}

export type UseVerdict =
  | { ok: true; passkey: Passkey; user: User }
  | {
      ok: false;
      why:
        | "challenge" /** The user or the passkey is gone. */
        | "unknown" /** Somebody has a copy of it. */
        | "counter";
    };

/** Spends the challenge of a proof and marks the passkey as used, in the transaction in which its user enters. */
export async function usePasskey(tx: Tx, { passkey: { id, userId }, ...proof }: PasskeyProof): Promise<UseVerdict> {
  if (!(await spendPasskeyChallenge(tx, proof.challenge))) return { ok: false, why: "challenge" };
  const user = await findUser(tx, userId);
  if (user?.disabledAt !== null) return { ok: false, why: "unknown" };
  const used = await updateUse(tx, { id, counter: proof.counter, syncedAt: proof.syncedAt });
  if (used) return { ok: true, passkey: used, user };
  const remains = (await listPasskeys(tx, userId)).some((passkey) => passkey.id === id);
  return { ok: false, why: remains ? "counter" : "unknown" };
}

/** After the rollback: two keys count under one name, and the operator can see when it began. */
export function recordCopiedPasskey(ctx: Ctx, { passkey, counter }: PasskeyProof): Promise<void> {
  const detail = { counter, ...factsOf(passkey) };
  return inTx(ctx, (tx) =>
    recordAudit(tx, { actorId: "system", action: "passkey.counter_went_back", subjectId: passkey.id, detail }),
  );
}

/** `name` must have passed `passkeyName`. Undefined when the user has no such passkey. */
export async function renamePasskey(
  tx: Tx,
  named: { id: string; userId: string; name: string },
): Promise<Passkey | undefined> {
  const passkey = await updateName(tx, named);
  if (passkey) await record(tx, "passkey.renamed", passkey);
  return passkey;
}

/**
 * The passkey signs in no more, and what such a one signed in to ends with it: whoever removes it may have lost it. Refused
 * for the last way in: nobody may lock himself out by a click.
 * @param keepSession the session in which this is done
 */
export async function removePasskey(
  tx: Tx,
  { id, userId, keepSession }: { id: string; userId: string; keepSession?: string | undefined },
): Promise<{ ok: true; passkey: Passkey } | { ok: false; why: "unknown" | "last" }> {
  await holdUser(tx, userId);
  const passkey = await deletePasskey(tx, { id, userId });
  if (!passkey) return { ok: false, why: "unknown" };
  if (!(await hasWayIn(tx, userId))) return { ok: false, why: "last" };
  const amr = passkeyAmr(passkey.kind).join(" ");
  await deleteSessionsBegunBy(tx, { userId, amr, except: keepSession ?? "" });
  await record(tx, "passkey.removed", passkey);
  await recordSecurityEvent(tx, { userId, kind: "passkey_removed", detail: { name: passkey.name } });
  return { ok: true, passkey };
}

function record(tx: Tx, action: string, passkey: Passkey): Promise<void> {
  return recordAudit(tx, { actorId: passkey.userId, action, subjectId: passkey.id, detail: factsOf(passkey) });
}

/** Not its name: people write their own into it, and the log outlives the account. */
function factsOf({ kind, userId, credentialId }: Passkey): Record<string, string> {
  return { kind, user_id: userId, credential_id: credentialId };
}
