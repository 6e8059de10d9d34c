import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";
import type { UsersTable } from "../store/schema/people.ts";
import type { NewUser, Role, User } from "./user.ts";

type UserRow = UsersTable;

const insertUser = statement<NewUser & { id: string; usernameKey: string; emailKey: string | null; now: number }>()(
  (db, p) =>
    db
      .insertInto("users")
      .values({
        id: p.id,
        username: p.username,
        username_key: p.usernameKey,
        display_name: p.displayName,
        email: p.email,
        email_key: p.emailKey,
        email_verified_at: null,
        password_hash: p.passwordHash,
        role: p.role,
        generation: 0,
        disabled_at: null,
        created_at: p.now,
        updated_at: p.now,
      })
      .onConflict((conflict) => conflict.column("username_key").doNothing())
      .returningAll(),
);

const selectById = statement<{ id: string }>()((db, p) => db.selectFrom("users").selectAll().where("id", "=", p.id));

const selectByUsername = statement<{ key: string }>()((db, p) =>
  db.selectFrom("users").selectAll().where("username_key", "=", p.key),
);

const selectByVerifiedEmail = statement<{ key: string }>()((db, p) =>
  db.selectFrom("users").selectAll().where("email_key", "=", p.key).where("email_verified_at", "is not", null),
);

const disable = statement<{ id: string; now: number }>()((db, p) =>
  db
    .updateTable("users")
    .set((eb) => ({ disabled_at: p.now, updated_at: p.now, generation: eb("generation", "+", 1) }))
    .where("id", "=", p.id)
    .where("disabled_at", "is", null)
    .returningAll(),
);

const enable = statement<{ id: string; now: number }>()((db, p) =>
  db
    .updateTable("users")
    .set({ disabled_at: null, updated_at: p.now })
    .where("id", "=", p.id)
    .where("disabled_at", "is not", null)
    .where("deleted_at", "is", null)
    .returningAll(),
);

const rename = statement<{ id: string; displayName: string; now: number }>()((db, p) =>
  db
    .updateTable("users")
    .set({ display_name: p.displayName, updated_at: p.now })
    .where("id", "=", p.id)
    .where("display_name", "!=", p.displayName)
    .returningAll(),
);

export async function insertUserRow(
  tx: Tx,
  user: NewUser & { usernameKey: string; emailKey: string | null },
): Promise<User | undefined> {
  return toUser(await insertUser.first(tx, { ...user, id: tx.random.id("usr"), now: tx.clock.now() }));
}

export async function findUser(ctx: Ctx, id: string): Promise<User | undefined> {
  return toUser(await selectById.first(ctx, { id }));
}

/** With the stored password, which leaves this room in no other way. */
export async function findByUsername(
  ctx: Ctx,
  key: string,
): Promise<{ user: User; passwordHash: string | null } | undefined> {
  return withPassword(await selectByUsername.first(ctx, { key }));
}

export async function findByVerifiedEmail(
  ctx: Ctx,
  key: string,
): Promise<{ user: User; passwordHash: string | null } | undefined> {
  return withPassword(await selectByVerifiedEmail.first(ctx, { key }));
}

export async function updateDisabled(tx: Tx, id: string, disabled: boolean): Promise<User | undefined> {
  return toUser(await (disabled ? disable : enable).first(tx, { id, now: tx.clock.now() }));
}

/** Undefined when it was the name already. */
export async function updateDisplayName(tx: Tx, id: string, displayName: string): Promise<User | undefined> {
  return toUser(await rename.first(tx, { id, displayName, now: tx.clock.now() }));
}

function withPassword(row: UserRow | undefined): { user: User; passwordHash: string | null } | undefined {
  return row && { user: toUser(row)!, passwordHash: row.password_hash };
}

function toUser(row: UserRow | undefined): User | undefined {
  return (
    row && {
      id: row.id,
      username: row.username,
      displayName: row.display_name,
      email: row.email,
      emailVerifiedAt: row.email_verified_at,
      phone: row.phone,
      phoneVerifiedAt: row.phone_verified_at,
      address: row.address,
      locale: row.locale,
      nickname: row.nickname,
      avatarId: row.avatar_id,
      role: row.role as Role,
      generation: row.generation,
      disabledAt: row.disabled_at,
      deletionDueAt: row.deletion_due_at,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    }
  );
}
