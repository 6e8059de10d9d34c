import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";
import type { IdentitiesTable } from "../store/schema/accounts.ts";

/** Who a user is at another OpenID provider. */
export interface Identity {
  /** A name of `config.identityProviders`. */
  provider: string;
  /** Theirs for ever: addresses and names may pass to somebody else, subjects may not (OpenID Connect Core 5.7). */
  subject: string;
  userId: string;
  /** For the user to know it by: the address or name there. */
  label: string;
  /** Epoch milliseconds. */
  createdAt: number;
  lastUsedAt: number | null;
}

type NewIdentity = Pick<Identity, "provider" | "subject" | "userId" | "label">;
type Named = Pick<Identity, "provider" | "subject">;

const insert = statement<NewIdentity & { now: number }>()((db, p) =>
  db
    .insertInto("identities")
    .values({
      provider: p.provider,
      subject: p.subject,
      user_id: p.userId,
      label: p.label,
      created_at: p.now,
      last_used_at: null,
    })
    .onConflict((conflict) => conflict.columns(["provider", "subject"]).doNothing())
    .returningAll(),
);

const selectOne = statement<Named>()((db, p) =>
  db.selectFrom("identities").selectAll().where("provider", "=", p.provider).where("subject", "=", p.subject),
);

const selectOfUser = statement<{ userId: string }>()((db, p) =>
  db.selectFrom("identities").selectAll().where("user_id", "=", p.userId).orderBy("created_at").orderBy("subject"),
);

const remove = statement<Named & { userId: string }>()((db, p) =>
  db
    .deleteFrom("identities")
    .where("provider", "=", p.provider)
    .where("subject", "=", p.subject)
    .where("user_id", "=", p.userId)
    .returningAll(),
);

const touch = statement<Named & { now: number; label: string }>()((db, p) =>
  db
    .updateTable("identities")
    .set({ last_used_at: p.now, label: p.label })
    .where("provider", "=", p.provider)
    .where("subject", "=", p.subject)
    .returning("user_id"),
);

/** Undefined when it is somebody's already. */
export async function insertIdentity(tx: Tx, identity: NewIdentity): Promise<Identity | undefined> {
  return toIdentity(await insert.first(tx, { ...identity, now: tx.clock.now() }));
}

export async function findIdentity(ctx: Ctx, named: Named): Promise<Identity | undefined> {
  return toIdentity(await selectOne.first(ctx, named));
}

export async function listIdentities(ctx: Ctx, userId: string): Promise<Identity[]> {
  return (await selectOfUser.all(ctx, { userId })).map((row) => toIdentity(row)!);
}

export async function deleteIdentity(tx: Tx, identity: Named & { userId: string }): Promise<Identity | undefined> {
  return toIdentity(await remove.first(tx, identity));
}

/** What it is called there may change with every use. */
export async function touchIdentity(tx: Tx, named: Named & { label: string }): Promise<void> {
  await touch.first(tx, { ...named, now: tx.clock.now() });
}

function toIdentity(row: IdentitiesTable | undefined): Identity | undefined {
  return (
    row && {
      provider: row.provider,
      subject: row.subject,
      userId: row.user_id,
      label: row.label,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
    }
  );
}
