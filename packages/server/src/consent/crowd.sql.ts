import type { Ctx } from "../context.ts";
import { statement } from "../store/index.ts";

const some = statement<{ appId: string; most: number }>()((db, p) =>
  db
    .selectFrom((eb) =>
      eb
        .selectFrom("grants")
        .select("id")
        .where("app_id", "=", p.appId)
        .where("revoked_at", "is", null)
        .limit(p.most)
        .as("some"),
    )
    .select(({ fn }) => fn.countAll<number>().as("users")),
);

/** How many people allow an app something, counted no further than `most`: a list of apps must not cost what they are worth. */
export async function countUsersUpTo(ctx: Ctx, appId: string, most: number): Promise<number> {
  return (await some.one(ctx, { appId, most })).users;
}
