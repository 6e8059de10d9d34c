import { describe, expect, it } from "vitest";
import { type Ctx, inTx } from "../context.ts";
import { sha256Hex } from "../kernel/hash.ts";
import { query } from "../store/index.ts";
import { databases } from "../testing/databases.ts";
import { openCtx } from "../testing/open-ctx.ts";
import {
  type AppFilter,
  activateApp,
  appMetadata,
  createApp,
  deactivateApp,
  deleteApp,
  findApp,
  findAppByClientId,
  listApps,
  secretHashes,
} from "./index.ts";

const schema = appMetadata(["openid", "profile"]);

function create(ctx: Ctx, name: string, more: object = {}, ownerId = "usr_maya") {
  const metadata = schema.parse({ name, redirect_uris: ["https://a.example/callback"], ...more });
  return inTx(ctx, (ctx) => createApp(ctx, ownerId, metadata));
}

async function created(ctx: Ctx, name: string, more: object = {}, ownerId = "usr_maya") {
  const result = await create(ctx, name, more, ownerId);
  if (!result.ok) throw new Error(result.why);
  return result;
}

describe.each(databases)("apps on $name", ({ open }) => {
  it("shows the secret once and keeps its hash", async () => {
    const { ctx, close } = await openCtx(open);
    const { app, clientSecret } = await created(ctx, "Storyteller");
    expect(app.clientId).toMatch(/^cid_[a-z0-9]{24}$/);
    expect(clientSecret).toMatch(/^csc_[a-z0-9]{48}$/);
    expect(await secretHashes(ctx, app.id)).toEqual([{ hash: sha256Hex(clientSecret!), expiresAt: null }]);
    const rows = await query(ctx, (db) => db.selectFrom("app_secrets").selectAll());
    expect(JSON.stringify(rows)).not.toContain(clientSecret);
    expect(await findApp(ctx, app.id)).toEqual(app);
    expect(await findAppByClientId(ctx, app.clientId)).toEqual(app);
    await close();
  });

  it("gives a public client no secret", async () => {
    const { ctx, close } = await openCtx(open);
    const { app, clientSecret } = await created(ctx, "Terminal", { client_type: "public" });
    expect(clientSecret).toBeUndefined();
    expect(await secretHashes(ctx, app.id)).toEqual([]);
    await close();
  });

  it("gives a name away once, in any letter case, also to many at once", async () => {
    const { ctx, close } = await openCtx(open);
    const names = ["Storyteller", "STORYTELLER", "storyteller", "Ｓtoryteller"];
    const results = await Promise.all(Array.from({ length: 40 }, (_, index) => create(ctx, names[index % 4]!)));
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.find((result) => !result.ok)).toEqual({ ok: false, why: "name_taken" });
    expect(await query(ctx, (db) => db.selectFrom("app_secrets").select("hash"))).toHaveLength(1);
    await close();
  });

  it("[T22] gives away with a name what looks like it, and takes all of it back", async () => {
    const { ctx, close } = await openCtx(open);
    const { app } = await created(ctx, "Field notes");
    const alike = ["Fieldnotes", "field-notes", "FieId Notes", "Fie1dn0tes", "Fiéld.Notes", "Fieldnоtes"];
    for (const name of alike) expect(await create(ctx, name)).toEqual({ ok: false, why: "name_taken" });
    for (const name of ["Field notes 2", "Mail", "Mall"]) await created(ctx, name);
    await inTx(ctx, (tx) => deleteApp(tx, app.id, "usr_maya"));
    const names = query(ctx, (db) => db.selectFrom("app_names").selectAll().where("app_id", "=", app.id));
    expect(await names).toEqual([]);
    await created(ctx, "FieIdnotes");
    expect(await create(ctx, "Field notes")).toEqual({ ok: false, why: "name_taken" });
    await close();
  });

  it("[T22] gives one of many at once what looks alike", async () => {
    const { ctx, close } = await openCtx(open);
    const names = ["Field notes", "FieId_Notes", "Fieldnotes", "FIELD.NOTES"];
    const results = await Promise.all(Array.from({ length: 40 }, (_, index) => create(ctx, names[index % 4]!)));
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    await close();
  });

  it("lists own and public apps, newest first, page by page", async () => {
    const { ctx, close } = await openCtx(open);
    for (const name of ["First", "Second", "Third"]) await created(ctx, name);
    await created(ctx, "Hidden", { public: false });
    await created(ctx, "Secret of Kit", { public: false }, "usr_kit");
    const gone = await created(ctx, "Gone");
    await inTx(ctx, (ctx) => deactivateApp(ctx, gone.app.id, "usr_maya"));

    const names = async (filter: Partial<AppFilter> & { page?: number; limit?: number }) => {
      const { total, items } = await listApps(ctx, { includeListed: true, page: 0, limit: 25, ...filter });
      return [total, ...items.map((app) => app.name)];
    };
    expect(await names({ ownerId: "usr_maya" })).toEqual([4, "Hidden", "Third", "Second", "First"]);
    expect(await names({ ownerId: "usr_kit" })).toEqual([4, "Secret of Kit", "Third", "Second", "First"]);
    expect(await names({ ownerId: "usr_kit", includeListed: false })).toEqual([1, "Secret of Kit"]);
    expect(await names({})).toEqual([3, "Third", "Second", "First"]);
    expect(await names({ page: 1, limit: 2 })).toEqual([3, "First"]);
    expect(await names({ includeListed: false })).toEqual([0]);
    await close();
  });

  it("searches for the text as it is written, signs included", async () => {
    const { ctx, close } = await openCtx(open);
    await created(ctx, "Storyteller", { description: "Tells 100% true stories!" });
    await created(ctx, "Field_notes", { homepage_url: "https://Notes.example/" });
    await created(ctx, "Fieldwork");
    const found = async (search: string) => {
      const { items } = await listApps(ctx, { includeListed: true, search, page: 0, limit: 25 });
      return items.map((app) => app.name);
    };
    expect(await found("STORY")).toEqual(["Storyteller"]);
    expect(await found("100%")).toEqual(["Storyteller"]);
    expect(await found("stories!")).toEqual(["Storyteller"]);
    expect(await found("d_n")).toEqual(["Field_notes"]);
    expect(await found("notes.EXAMPLE")).toEqual(["Field_notes"]);
    expect(await found("%")).toEqual(["Storyteller"]);
    expect(await found("\\")).toEqual([]);
    await close();
  });

  it("counts a generation on when an app is deactivated, and never back", async () => {
    const { ctx, close } = await openCtx(open);
    const { app } = await created(ctx, "Storyteller");
    const told: string[] = [];
    ctx.changes.subscribe(({ kind, subjectId }) => told.push(`${kind} ${subjectId}`));
    const off = await inTx(ctx, (ctx) => deactivateApp(ctx, app.id, "usr_maya"));
    expect(off).toMatchObject({ generation: app.generation + 1, deactivatedAt: ctx.clock.now() });
    expect(await inTx(ctx, (ctx) => deactivateApp(ctx, app.id, "usr_maya"))).toBeUndefined();
    const on = await inTx(ctx, (ctx) => activateApp(ctx, app.id, "usr_maya"));
    expect(on).toMatchObject({ generation: app.generation + 1, deactivatedAt: null });
    expect(told).toEqual([`app ${app.id}`, `app ${app.id}`]);
    const audit = await query(ctx, (db) => db.selectFrom("audit_log").select("action").orderBy("id"));
    expect(audit.map((row) => row.action)).toEqual(["app.created", "app.deactivated", "app.activated"]);
    await close();
  });
});
