import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";
import type { App } from "./app.ts";
import { toApp } from "./row.ts";

const insert = statement<{ id: string; mediaType: string; content: string; now: number }>()((db, p) =>
  db
    .insertInto("app_logos")
    .values({ id: p.id, media_type: p.mediaType, content: p.content, created_at: p.now })
    .returning("id"),
);

export async function insertLogo(tx: Tx, logo: { id: string; mediaType: string; content: string }): Promise<void> {
  await insert.one(tx, { ...logo, now: tx.clock.now() });
}

const remove = statement<{ id: string }>()((db, p) =>
  db.deleteFrom("app_logos").where("id", "=", p.id).returning("id"),
);

export async function deleteLogo(tx: Tx, id: string): Promise<void> {
  await remove.first(tx, { id });
}

const hang = statement<{ appId: string; logoId: string | null; now: number }>()((db, p) =>
  db
    .updateTable("apps")
    .set({ logo_id: p.logoId, face_changed_at: p.now, updated_at: p.now })
    .where("id", "=", p.appId)
    .returningAll(),
);

/** The app must be held. */
export async function hangLogo(tx: Tx, appId: string, logoId: string | null): Promise<App> {
  return toApp(await hang.one(tx, { appId, logoId, now: tx.clock.now() }));
}

const byId = statement<{ id: string }>()((db, p) => db.selectFrom("app_logos").selectAll().where("id", "=", p.id));

export async function selectLogo(ctx: Ctx, id: string): Promise<{ mediaType: string; content: string } | undefined> {
  const row = await byId.first(ctx, { id });
  return row && { mediaType: row.media_type, content: row.content };
}
