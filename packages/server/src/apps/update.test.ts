import { describe, expect, it } from "vitest";
import { type Ctx, inTx } from "../context.ts";
import { query } from "../store/index.ts";
import { databases } from "../testing/databases.ts";
import { openCtx } from "../testing/open-ctx.ts";
import {
  type App,
  type AppChange,
  activateApp,
  appMetadata,
  createApp,
  deleteApp,
  findApp,
  findRole,
  listApps,
  listSecrets,
  listShares,
  shareApp,
  updateApp,
} from "./index.ts";
import { nameKeysOf } from "./row.ts";

const schema = appMetadata(["openid", "profile", "gateway:access"]);
const maya = "usr_maya";

async function create(ctx: Ctx, name: string, more: object = {}): Promise<App> {
  const metadata = schema.parse({ name, redirect_uris: ["https://a.example/callback"], ...more });
  const made = await inTx(ctx, (tx) => createApp(tx, maya, metadata));
  if (!made.ok) throw new Error(made.why);
  return made.app;
}

const update = (ctx: Ctx, app: App, change: AppChange) => inTx(ctx, (tx) => updateApp(tx, app, change, "usr_kit"));

async function updated(ctx: Ctx, app: App, change: AppChange): Promise<App> {
  const result = await update(ctx, app, change);
  if (!result.ok) throw new Error(result.why);
  return result.app;
}

const found = async (ctx: Ctx, search: string) =>
  (await listApps(ctx, { includeListed: true, search, page: 0, limit: 25 })).items.map(({ name }) => name);

const audit = async (ctx: Ctx) =>
  (await query(ctx, (db) => db.selectFrom("audit_log").selectAll().orderBy("id"))).map((row) => ({
    action: row.action,
    actor: row.actor_id,
    detail: JSON.parse(row.detail),
  }));

describe.each(databases)("changing an app on $name", ({ open }) => {
  it("changes what is said and nothing else, and tells who did it", async () => {
    const { ctx, close } = await openCtx(open);
    const app = await create(ctx, "Storyteller", {
      description: "Tells stories",
      webhook_url: "https://a.example/hook",
    });
    const told: string[] = [];
    ctx.changes.subscribe(({ kind, subjectId }) => told.push(`${kind} ${subjectId}`));
    const after = await updated(ctx, app, { description: null, budgetProposal: { limitMicros: 5, period: "day" } });
    expect(after).toEqual({ ...app, description: null, budgetProposal: { limitMicros: 5, period: "day" } });
    expect(await findApp(ctx, app.id)).toEqual(after);
    expect(told).toEqual([`app ${app.id}`]);
    expect((await audit(ctx)).at(-1)).toEqual({
      action: "app.updated",
      actor: "usr_kit",
      detail: { fields: ["description", "budgetProposal"] },
    });
    await close();
  });

  it("writes nothing when nothing is different", async () => {
    const { ctx, close } = await openCtx(open);
    const app = await create(ctx, "Storyteller");
    const told: string[] = [];
    ctx.changes.subscribe(({ kind }) => told.push(kind));
    expect(await updated(ctx, app, { name: "Storyteller", listed: true, active: true })).toEqual(app);
    expect(told).toEqual([]);
    expect(await audit(ctx)).toHaveLength(1);
    await close();
  });

  it.each<[string, AppChange, boolean]>([
    ["name", { name: "Fieldnotes" }, true],
    ["logo", { logoUrl: "https://a.example/logo.png" }, true],
    ["redirect URIs", { redirectUris: ["https://b.example/callback"] }, true],
    ["description", { description: "New words" }, false],
    ["scopes", { allowedScopes: ["openid"] }, false],
  ])("[N03] a new %s is a new face, or is not", async (_what, change, isNew) => {
    const { ctx, close } = await openCtx(open);
    const app = await create(ctx, "Storyteller");
    const { faceChangedAt, generation } = await updated(ctx, app, change);
    expect(faceChangedAt).toBe(isNew ? ctx.clock.now() : null);
    expect(generation).toBe(app.generation);
    await close();
  });

  it("[N03] keeps both the former and the new redirect URIs in the audit log", async () => {
    const { ctx, close } = await openCtx(open);
    const app = await create(ctx, "Storyteller");
    await updated(ctx, app, { redirectUris: ["https://b.example/callback"] });
    expect((await audit(ctx)).at(-1)?.detail.redirectUris).toEqual({
      from: ["https://a.example/callback"],
      to: ["https://b.example/callback"],
    });
    await close();
  });

  it("frees the former name, keeps the new one, and refuses one that is taken", async () => {
    const { ctx, close } = await openCtx(open);
    const app = await create(ctx, "Storyteller");
    const other = await create(ctx, "Fieldnotes");
    expect(await update(ctx, other, { name: "STORYTELLER", description: "x" })).toEqual({
      ok: false,
      why: "name_taken",
    });
    expect(await findApp(ctx, other.id)).toEqual(other);
    await updated(ctx, app, { name: "Quarry" });
    expect((await updated(ctx, other, { name: "Storyteller" })).name).toBe("Storyteller");
    expect((await updated(ctx, other, { name: "StoryTeller" })).name).toBe("StoryTeller");
    expect(await found(ctx, "storyteller")).toEqual(["StoryTeller"]);
    expect(await found(ctx, "fieldnotes")).toEqual([]);
    await close();
  });

  it("[T22] frees what its former name looked like, and takes nothing that looks like another's", async () => {
    const { ctx, close } = await openCtx(open);
    const app = await create(ctx, "Field Notes");
    const other = await create(ctx, "Quarry");
    expect(await update(ctx, other, { name: "FieIdnotes" })).toEqual({ ok: false, why: "name_taken" });
    expect((await updated(ctx, app, { name: "FieIdnotes" })).name).toBe("FieIdnotes");
    expect(await update(ctx, other, { name: "Field Notes" })).toEqual({ ok: false, why: "name_taken" });
    await updated(ctx, app, { name: "Storyteller" });
    expect((await updated(ctx, other, { name: "Field Notes" })).name).toBe("Field Notes");
    await close();
  });

  it("[T22] does not take for its own a name that it had when the change was judged", async () => {
    const { ctx, close } = await openCtx(open);
    const app = await create(ctx, "Acme Login");
    await updated(ctx, app, { name: "Quarry" });
    expect(await update(ctx, app, { name: "Acme Login", description: "x" })).toEqual({ ok: false, why: "changed" });
    await close();
  });

  it("gives a name to one of many that want it at once", async () => {
    const { ctx, close } = await openCtx(open);
    const apps: App[] = [];
    for (let index = 0; index < 20; index++) apps.push(await create(ctx, `Story ${index}`));
    const results = await Promise.all(apps.map((app) => update(ctx, app, { name: "Storyteller" })));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const ids = apps.map(({ id }) => id);
    const names = await query(ctx, (db) => db.selectFrom("app_names").selectAll().where("app_id", "in", ids));
    expect(new Set(names.map((row) => row.app_id)).size).toBe(apps.length);
    await close();
  });

  it("keeps one name for an app that is renamed by many at once", async () => {
    const { ctx, close } = await openCtx(open);
    const app = await create(ctx, "Storyteller");
    await Promise.all(Array.from({ length: 20 }, (_, index) => update(ctx, app, { name: `Story ${index}` })));
    const names = await query(ctx, (db) => db.selectFrom("app_names").selectAll().where("app_id", "=", app.id));
    expect(names.map((row) => row.name_key).sort()).toEqual(nameKeysOf((await findApp(ctx, app.id))!.name));
    await close();
  });

  it("deactivates and activates, and shows what is active only", async () => {
    const { ctx, close } = await openCtx(open);
    const app = await create(ctx, "Storyteller");
    const off = await updated(ctx, app, { active: false });
    expect(off).toMatchObject({ generation: app.generation + 1, deactivatedAt: ctx.clock.now() });
    expect(await found(ctx, "story")).toEqual([]);
    await updated(ctx, app, { description: "Changed while it was off" });
    expect(await found(ctx, "story")).toEqual([]);
    const on = await updated(ctx, app, { active: true });
    expect(on).toMatchObject({ generation: app.generation + 1, deactivatedAt: null });
    expect(await found(ctx, "while it was off")).toEqual(["Storyteller"]);
    await close();
  });

  it("refuses a change that was judged of another app than it is now, and changes nothing", async () => {
    const { ctx, close } = await openCtx(open);
    const app = await create(ctx, "Storyteller");
    const bound = await updated(ctx, app, { identityOnly: true, allowedScopes: ["openid"] });
    const stale = { allowedScopes: ["openid", "gateway:access"] };
    expect(await update(ctx, app, stale)).toEqual({ ok: false, why: "changed" });
    expect(await findApp(ctx, app.id)).toEqual(bound);
    expect((await updated(ctx, app, { description: "No rule is about it" })).description).toBe("No rule is about it");
    await close();
  });

  it("kills every token of an app that may not spend any more", async () => {
    const { ctx, close } = await openCtx(open);
    const app = await create(ctx, "Storyteller");
    const bound = await updated(ctx, app, { identityOnly: true, allowedScopes: ["openid"] });
    expect(bound).toMatchObject({ identityOnly: true, generation: app.generation + 1 });
    expect((await updated(ctx, bound, { identityOnly: false })).generation).toBe(app.generation + 1);
    await close();
  });
});

describe.each(databases)("deleting an app on $name", ({ open }) => {
  it("ends tokens, secrets and shares, frees the name, and keeps the row for the bill", async () => {
    const { ctx, close } = await openCtx(open);
    const app = await create(ctx, "Storyteller");
    const share = { appId: app.id, ownerId: maya, userId: "usr_kit", role: "manager", actorId: maya } as const;
    await inTx(ctx, (tx) => shareApp(tx, share));
    const gone = await inTx(ctx, (tx) => deleteApp(tx, app.id, maya));
    const now = ctx.clock.now();
    expect(gone).toMatchObject({ generation: app.generation + 1, deactivatedAt: now, deletedAt: now });
    expect(await findApp(ctx, app.id)).toEqual(gone);
    expect(await findRole(ctx, gone!, maya)).toBeUndefined();
    expect(await listSecrets(ctx, app.id)).toEqual([]);
    expect(await listShares(ctx, app.id)).toEqual([]);
    expect(await found(ctx, "story")).toEqual([]);
    expect((await create(ctx, "Storyteller")).name).toBe("Storyteller");
    expect((await audit(ctx)).map(({ action }) => action)).toEqual([
      "app.created",
      "app.shared",
      "app.deleted",
      "app.created",
    ]);
    await close();
  });

  it("is for good: nothing changes, shares, activates or deletes it again", async () => {
    const { ctx, close } = await openCtx(open);
    const app = await create(ctx, "Storyteller");
    await inTx(ctx, (tx) => deleteApp(tx, app.id, maya));
    expect(await inTx(ctx, (tx) => deleteApp(tx, app.id, maya))).toBeUndefined();
    expect(await inTx(ctx, (tx) => activateApp(tx, app.id, maya))).toBeUndefined();
    expect(await update(ctx, app, { active: true, name: "Quarry" })).toEqual({ ok: false, why: "closed" });
    const share = { appId: app.id, ownerId: maya, userId: "usr_kit", role: "viewer", actorId: maya } as const;
    expect(await inTx(ctx, (tx) => shareApp(tx, share))).toEqual({ ok: false, why: "closed" });
    await close();
  });
});
