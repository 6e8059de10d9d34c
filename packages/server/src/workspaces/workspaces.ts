import type { Ctx, Tx } from "../context.ts";
import { assert } from "../kernel/assert.ts";
import { text } from "../ui/index.ts";
import type { Workspace } from "./workspace.ts";
import { insertPersonalWorkspace, workspacesOf } from "./workspaces.sql.ts";

export function createPersonalWorkspace(tx: Tx, userId: string): Promise<Workspace> {
  return insertPersonalWorkspace(tx, userId, text.money.personal);
}

/** Every user has one, born with the account. */
export async function getPersonalWorkspace(ctx: Ctx, userId: string): Promise<Workspace> {
  const personal = (await workspacesOf(ctx, userId)).find(({ kind }) => kind === "personal");
  assert(personal, "every user has a personal workspace");
  return personal;
}
