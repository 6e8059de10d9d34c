import type { Ctx, Tx } from "../context.ts";
import { query, statement } from "../store/index.ts";
import type { Role, User } from "./user.ts";

const changeRole = statement<{ id: string; role: Role; now: number }>()((db, p) =>
  db
    .updateTable("users")
    .set({ role: p.role, updated_at: p.now })
    .where("id", "=", p.id)
    .where("role", "!=", p.role)
    .where("deleted_at", "is", null)
    .returning("id"),
);

/** Changes nothing, and holds the rows until the transaction ends. */
const hold = statement()((db) =>
  db
    .updateTable("users")
    .set((eb) => ({ generation: eb.ref("generation") }))
    .where("role", "=", "operator")
    .where("disabled_at", "is", null)
    .where("deletion_due_at", "is", null)
    .returning("id"),
);

const selectOther = statement<{ id: string }>()((db, p) =>
  db
    .selectFrom("users")
    .select("id")
    .where("role", "=", "operator")
    .where("id", "!=", p.id)
    .where("disabled_at", "is", null)
    .where("deletion_due_at", "is", null)
    .limit(1),
);

/** Undefined when it was the role already, or there is no such user. */
export const updateRole = (tx: Tx, id: string, role: Role) => changeRole.first(tx, { id, role, now: tx.clock.now() });

/**
 * The operators who can act beside this one. Of two who take one away at once, the second sees what the first has left, if it
 * looks only after this.
 */
export async function holdOtherOperators(tx: Tx, userId: string): Promise<string[]> {
  return (await hold.all(tx, {})).map(({ id }) => id).filter((id) => id !== userId);
}

/** As it looks just now, for a page; what decides is {@link holdOtherOperators}. */
export async function isLastOperator(ctx: Ctx, { id, role }: Pick<User, "id" | "role">): Promise<boolean> {
  return role === "operator" && (await selectOther.first(ctx, { id })) === undefined;
}

/** A line of a list of users. */
export interface FoundUser {
  id: string;
  username: string;
  displayName: string;
  email: string | null;
  emailVerified: boolean;
  role: Role;
  disabledAt: number | null;
  deletionDueAt: number | null;
  deletedAt: number | null;
  createdAt: number;
}

export interface UserSearch {
  id?: string | undefined;
  /** As they are compared. */
  emailKey?: string | undefined;
  usernamePrefix?: string | undefined;
  /** The id of the last one seen. */
  before?: string | undefined;
  limit: number;
}

/** Newest first. */
export async function selectUsers(ctx: Ctx, asked: UserSearch): Promise<FoundUser[]> {
  const rows = await query(ctx, (db) => {
    let users = db.selectFrom("users").selectAll();
    if (asked.id !== undefined) users = users.where("id", "=", asked.id);
    if (asked.emailKey !== undefined) users = users.where("email_key", "=", asked.emailKey);
    // A range instead of a pattern, which has signs of its own. No username has a sign beyond "z".
    if (asked.usernamePrefix !== undefined) {
      users = users
        .where("username_key", ">=", asked.usernamePrefix)
        .where("username_key", "<", `${asked.usernamePrefix}{`);
    }
    if (asked.before !== undefined) users = users.where("id", "<", asked.before);
    return users.orderBy("id", "desc").limit(asked.limit);
  });
  return rows.map((row) => ({
    id: row.id,
    username: row.username,
    displayName: row.display_name,
    email: row.email,
    emailVerified: row.email_verified_at !== null,
    role: row.role as Role,
    disabledAt: row.disabled_at,
    deletionDueAt: row.deletion_due_at,
    deletedAt: row.deleted_at,
    createdAt: row.created_at,
  }));
}
