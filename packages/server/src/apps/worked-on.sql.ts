import type { Ctx } from "../context.ts";
import { statement } from "../store/index.ts";
import type { App } from "./app.ts";
import { toApp } from "./row.ts";
import type { AppRole } from "./shares.ts";

const owned = statement<{ userId: string; limit: number }>()((db, p) =>
  db
    .selectFrom("apps")
    .selectAll()
    .where("owner_id", "=", p.userId)
    .where("deleted_at", "is", null)
    .orderBy("id", "desc")
    .limit(p.limit),
);

const shared = statement<{ userId: string; limit: number }>()((db, p) =>
  db
    .selectFrom("app_shares")
    .innerJoin("apps", "apps.id", "app_shares.app_id")
    .selectAll("apps")
    .select("app_shares.role")
    .where("app_shares.user_id", "=", p.userId)
    .where("apps.deleted_at", "is", null)
    .orderBy("apps.id", "desc")
    .limit(p.limit),
);

/** What a person owns or was let into, newest first. Unlike `listApps`, with those that are switched off: they are switched on from here. */
export async function listWorkedOn(ctx: Ctx, userId: string, limit: number): Promise<{ app: App; role: AppRole }[]> {
  const [own, others] = await Promise.all([owned.all(ctx, { userId, limit }), shared.all(ctx, { userId, limit })]);
  const all = [
    ...own.map((row) => ({ app: toApp(row), role: "owner" as AppRole })),
    ...others.map(({ role, ...row }) => ({ app: toApp(row), role: role as AppRole })),
  ];
  return all.sort((a, b) => (a.app.id < b.app.id ? 1 : -1)).slice(0, limit);
}
