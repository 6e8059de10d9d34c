import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";

const select = statement<{ name: string }>()((db, p) =>
  db.selectFrom("meta").select("value").where("name", "=", p.name),
);

const insert = statement<{ name: string; value: string }>()((db, p) =>
  db
    .insertInto("meta")
    .values({ name: p.name, value: p.value })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .returning("value"),
);

const update = statement<{ name: string; value: string }>()((db, p) =>
  db.updateTable("meta").set({ value: p.value }).where("name", "=", p.name).returning("value"),
);

export const findMeta = async (ctx: Ctx, name: string) => (await select.first(ctx, { name }))?.value;

/** The value that is stored in the end: this one, or the one of whoever was first. */
export async function claimMeta(tx: Tx, name: string, value: string): Promise<string> {
  const inserted = await insert.first(tx, { name, value });
  return inserted ? inserted.value : (await select.one(tx, { name })).value;
}

export const replaceMeta = (tx: Tx, name: string, value: string) => update.one(tx, { name, value });
