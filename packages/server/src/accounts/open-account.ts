import type { Tx } from "../context.ts";
import { assert } from "../kernel/assert.ts";
import { createWallet, creditWallet } from "../ledger/index.ts";
import { createUser, type NewUser, type User } from "../people/index.ts";
import { createPersonalWorkspace, type Workspace } from "../workspaces/index.ts";

export type OpenedAccount = { ok: true; user: User; workspace: Workspace } | { ok: false; why: "username_taken" };

/** User, personal workspace and wallet are born together, with the operator's first credit in the wallet. */
export async function openAccount(
  tx: Tx,
  newUser: NewUser,
  creditMicros = tx.config.signup.creditMicros,
): Promise<OpenedAccount> {
  const created = await createUser(tx, newUser);
  if (!created.ok) return created;
  const workspace = await createPersonalWorkspace(tx, created.user.id);
  await createWallet(tx, workspace.id);
  if (creditMicros > 0) {
    const reference = `signup:${created.user.id}`;
    const credited = await creditWallet(tx, { walletId: workspace.id, amountMicros: creditMicros, reference });
    assert(credited.ok, "a new wallet takes its first credit");
  }
  return { ok: true, user: created.user, workspace };
}
