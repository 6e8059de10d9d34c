import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";
import type { Workspace } from "./workspace.ts";

const insertWorkspace = statement<{ id: string; name: string; now: number }>()((db, p) =>
  db
    .insertInto("workspaces")
    .values({ id: p.id, kind: "personal", name: p.name, created_at: p.now })
    .returning(["id", "kind", "name"]),
);

const insertOwner = statement<{ userId: string; workspaceId: string; now: number }>()((db, p) =>
  db
    .insertInto("members")
    .values({ user_id: p.userId, workspace_id: p.workspaceId, role: "owner", created_at: p.now })
    .returning("role"),
);

const selectOfUser = statement<{ userId: string }>()((db, p) =>
  db
    .selectFrom("members")
    .innerJoin("workspaces", "workspaces.id", "members.workspace_id")
    .select(["workspaces.id", "workspaces.kind", "workspaces.name"])
    .where("members.user_id", "=", p.userId)
    .orderBy("workspaces.id"),
);

export async function insertPersonalWorkspace(tx: Tx, userId: string, name: string): Promise<Workspace> {
  const now = tx.clock.now();
  const workspace = await insertWorkspace.one(tx, { id: tx.random.id("ws"), name, now });
  await insertOwner.one(tx, { userId, workspaceId: workspace.id, now });
  return workspace;
}

/** The workspaces whose wallet the user may use, the personal one first. */
export const workspacesOf = (ctx: Ctx, userId: string): Promise<Workspace[]> => selectOfUser.all(ctx, { userId });
