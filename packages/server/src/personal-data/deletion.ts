import { deleteApp, listWorkedOn, unshareApp } from "../apps/index.ts";
import { listGrants, revokeGrant } from "../consent/index.ts";
import { type Ctx, inTx, type Tx } from "../context.ts";
import { askForDeletion, eraseUser, type LeaveVerdict, listDueDeletions } from "../people/index.ts";
import { listApiKeys, revokeApiKey } from "../tokens/index.ts";
import { deleteRightRows } from "./erase.sql.ts";

/** Ends everything that acts for somebody, within a second and for good, and sets the time of the deletion. */
export async function requestDeletion(tx: Tx, userId: string): Promise<LeaveVerdict> {
  const asked = await askForDeletion(tx, userId);
  if (!asked.ok) return asked;
  for (const { appId } of await listGrants(tx, userId)) await revokeGrant(tx, { userId, appId, actorId: userId });
  for (const { id, revokedAt } of await listApiKeys(tx, userId)) {
    if (revokedAt === null) await revokeApiKey(tx, id, userId);
  }
  return asked;
}

const atOnce = 20;
/** More than anybody owns. */
const allApps = 100_000;

/** Deletes whoever's time is over, each in a transaction of his own. Answers how many. */
export async function finishDeletions(ctx: Ctx): Promise<number> {
  let finished = 0;
  for (const userId of await listDueDeletions(ctx, atOnce)) {
    const done = await inTx(ctx, async (tx) => ({ ok: await eraseEverything(tx, userId) }));
    if (done.ok) finished += 1;
  }
  return finished;
}

/**
 * What stays is the bill: calls and entries under the account number, which names nobody any more, and the audit log.
 * False when the deletion was taken back meanwhile.
 */
async function eraseEverything(tx: Tx, userId: string): Promise<boolean> {
  if (!(await eraseUser(tx, userId))) return false;
  for (const { app, role } of await listWorkedOn(tx, userId, allApps)) {
    if (role === "owner") await deleteApp(tx, app.id, "system");
    else await unshareApp(tx, { appId: app.id, userId, actorId: "system" });
  }
  await deleteRightRows(tx, userId);
  return true;
}
