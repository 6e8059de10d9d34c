import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { Ctx, Tx } from "../context.ts";
import { query, statement } from "../store/index.ts";
import type { Schema } from "../store/schema/index.ts";
import type { App } from "./app.ts";
import { nameKeyOf, toApp } from "./row.ts";

export interface AppFilter {
  /** Apps of this owner, whether listed or not. */
  ownerId?: string;
  /** Apps that this user was let into. */
  sharedWith?: string;
  /** Listed apps of anybody as well. */
  includeListed: boolean;
  /** Looked for in name, description and homepage, in any letter case. */
  search?: string;
}

export type Place =
  /** Counted from zero. */
  | { page: number; limit: number; before?: undefined }
  /** Older than this app. */
  | { page?: undefined; limit: number; before: string };

const put = statement<{ appId: string; ownerId: string; listedAt: number | null; searched: string }>()((db, p) =>
  db
    .insertInto("app_search")
    .values({ app_id: p.appId, owner_id: p.ownerId, listed_at: p.listedAt, searched: p.searched })
    .onConflict((conflict) => conflict.column("app_id").doUpdateSet({ listed_at: p.listedAt, searched: p.searched }))
    .returning("app_id"),
);

const drop = statement<{ appId: string }>()((db, p) =>
  db.deleteFrom("app_search").where("app_id", "=", p.appId).returning("app_id"),
);

/** Lets the app be found as it is now: while it is active. */
export async function indexApp(tx: Tx, app: App): Promise<void> {
  if (app.deactivatedAt !== null) return void (await drop.first(tx, { appId: app.id }));
  const said = [app.name, app.description, app.homepageUrl].filter((part) => part !== null).join("\n");
  await put.one(tx, { appId: app.id, ownerId: app.ownerId, listedAt: app.listedAt, searched: nameKeyOf(said) });
}

/** Active ones only. */
export async function countApps(ctx: Ctx, filter: AppFilter): Promise<number> {
  const rows = await query(ctx, (db) =>
    db
      .selectFrom("app_search")
      .select(({ fn }) => fn.countAll<number>().as("total"))
      .where((found) => matches(found, filter)),
  );
  return rows[0]!.total;
}

/** Newest first, which is the order of the ids. The narrow rows are looked through; whole ones are read for the page only. */
export async function selectApps(ctx: Ctx, filter: AppFilter, place: Place): Promise<App[]> {
  const rows = await query(ctx, (db) =>
    db
      .selectFrom("apps")
      .selectAll()
      .where("id", "in", (eb) => {
        const page = eb
          .selectFrom("app_search")
          .select("app_id")
          .where((found) => matches(found, filter))
          .orderBy("app_id", "desc")
          .limit(place.limit);
        return place.before !== undefined
          ? page.where("app_id", "<", place.before)
          : page.offset(place.page * place.limit);
      })
      .orderBy("id", "desc"),
  );
  return rows.map(toApp);
}

function matches(found: ExpressionBuilder<Schema, "app_search">, filter: AppFilter): Expression<SqlBool> {
  const listed = filter.includeListed ? [found("listed_at", "is not", null)] : [];
  const text = filter.search ? [contains(found, filter.search)] : [];
  return found.and([found.or([...listed, ...entitled(found, filter)]), ...text]);
}

/** In one list, so that a database reads the few rows of it instead of looking at all apps. */
function entitled(found: ExpressionBuilder<Schema, "app_search">, filter: AppFilter): Expression<SqlBool>[] {
  const { ownerId, sharedWith } = filter;
  const own = ownerId === undefined ? undefined : ownedBy(found, ownerId);
  const shared =
    sharedWith === undefined
      ? undefined
      : found.selectFrom("app_shares").select("app_shares.app_id").where("app_shares.user_id", "=", sharedWith);
  if (own && shared) return [found("app_search.app_id", "in", own.unionAll(shared))];
  const only = own ?? shared;
  return only ? [found("app_search.app_id", "in", only)] : [];
}

function ownedBy(found: ExpressionBuilder<Schema, "app_search">, ownerId: string) {
  return found.selectFrom("app_search as owned").select("owned.app_id").where("owned.owner_id", "=", ownerId);
}

function contains(found: ExpressionBuilder<Schema, "app_search">, text: string): Expression<SqlBool> {
  // `!` escapes because a backslash in a literal means different things on different databases.
  const pattern = `%${nameKeyOf(text).replace(/[!%_]/g, "!$&")}%`;
  return sql<SqlBool>`${found.ref("searched")} like ${pattern} escape '!'`;
}
