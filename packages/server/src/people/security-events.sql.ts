import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";
import type { SecurityEventsTable } from "../store/schema/accounts.ts";

const insert = statement<SecurityEventsTable>()((db, p) =>
  db
    .insertInto("security_events")
    .values({ user_id: p.user_id, id: p.id, kind: p.kind, detail: p.detail, created_at: p.created_at })
    .returning("id"),
);

const ofUser = statement<{ userId: string; limit: number }>()((db, p) =>
  db.selectFrom("security_events").selectAll().where("user_id", "=", p.userId).orderBy("id", "desc").limit(p.limit),
);

const ofUserBefore = statement<{ userId: string; before: string; limit: number }>()((db, p) =>
  db
    .selectFrom("security_events")
    .selectAll()
    .where("user_id", "=", p.userId)
    .where("id", "<", p.before)
    .orderBy("id", "desc")
    .limit(p.limit),
);

const removeOld = statement<{ before: number; limit: number }>()((db, p) =>
  db
    .deleteFrom("security_events")
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple("user_id", "id"),
        "in",
        selectFrom("security_events")
          .select(["user_id", "id"])
          .where("created_at", "<", p.before)
          .limit(p.limit)
          .$asTuple("user_id", "id"),
      ),
    )
    .returning("id"),
);

/** Where somebody can be told: an address that is proven to be his. */
const reached = statement<{ userId: string }>()((db, p) =>
  db
    .selectFrom("users")
    .select(["username", "email", "locale"])
    .where("id", "=", p.userId)
    .where("email_verified_at", "is not", null),
);

export const insertSecurityEvent = (tx: Tx, row: SecurityEventsTable) => insert.one(tx, row);

/** The newest first. */
export function selectSecurityEvents(
  ctx: Ctx,
  { userId, before, limit }: { userId: string; before: string | undefined; limit: number },
): Promise<SecurityEventsTable[]> {
  return before === undefined ? ofUser.all(ctx, { userId, limit }) : ofUserBefore.all(ctx, { userId, before, limit });
}

export const deleteSecurityEventsBefore = (tx: Tx, before: number, limit: number) =>
  removeOld.all(tx, { before, limit });

export async function selectReachedAt(
  tx: Tx,
  userId: string,
): Promise<{ username: string; email: string; locale: string | null } | undefined> {
  const row = await reached.first(tx, { userId });
  return row?.email ? { username: row.username, email: row.email, locale: row.locale } : undefined;
}
