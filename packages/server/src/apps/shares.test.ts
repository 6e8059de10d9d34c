import { describe, expect, it } from "vitest";
import { type Ctx, inTx } from "../context.ts";
import { query } from "../store/index.ts";
import { databases } from "../testing/databases.ts";
import { openCtx } from "../testing/open-ctx.ts";
import {
  type App,
  appMetadata,
  createApp,
  findRole,
  listApps,
  listShares,
  type ShareRole,
  shareApp,
  unshareApp,
} from "./index.ts";

const schema = appMetadata(["openid"]);
const [maya, kit, ada] = ["usr_maya", "usr_kit", "usr_ada"];

async function create(ctx: Ctx, name: string): Promise<App> {
  const metadata = schema.parse({ name, redirect_uris: ["https://a.example/callback"], public: false });
  const made = await inTx(ctx, (tx) => createApp(tx, maya, metadata));
  if (!made.ok) throw new Error(made.why);
  return made.app;
}

const share = (ctx: Ctx, app: App, userId: string, role: ShareRole = "viewer") =>
  inTx(ctx, (tx) => shareApp(tx, { appId: app.id, ownerId: maya, userId, role, actorId: maya }));

describe.each(databases)("sharing an app on $name", ({ open }) => {
  it("lets somebody in, once, as what was said", async () => {
    const { ctx, close } = await openCtx(open);
    const app = await create(ctx, "Storyteller");
    expect(await findRole(ctx, app, kit)).toBeUndefined();
    expect(await share(ctx, app, kit, "manager")).toMatchObject({ ok: true, share: { role: "manager" } });
    expect(await share(ctx, app, kit, "viewer")).toEqual({ ok: false, why: "already" });
    expect(await share(ctx, app, maya)).toEqual({ ok: false, why: "self" });
    expect(await share(ctx, app, ada)).toMatchObject({ ok: true });
    expect([await findRole(ctx, app, maya), await findRole(ctx, app, kit), await findRole(ctx, app, ada)]).toEqual([
      "owner",
      "manager",
      "viewer",
    ]);
    expect((await listShares(ctx, app.id)).map(({ userId, role }) => [userId, role]).toSorted()).toEqual([
      [ada, "viewer"],
      [kit, "manager"],
    ]);
    await close();
  });

  it("shows it in the list of whoever it is shared with, and of nobody else", async () => {
    const { ctx, close } = await openCtx(open);
    const app = await create(ctx, "Storyteller");
    await create(ctx, "Fieldnotes");
    await share(ctx, app, kit);
    const seen = async (userId: string) => {
      const filter = { ownerId: userId, sharedWith: userId, includeListed: true, page: 0, limit: 25 };
      return (await listApps(ctx, filter)).items.map(({ name }) => name);
    };
    expect([await seen(maya), await seen(kit), await seen(ada)]).toEqual([
      ["Fieldnotes", "Storyteller"],
      ["Storyteller"],
      [],
    ]);
    await close();
  });

  it("ends as it began, and can begin anew", async () => {
    const { ctx, close } = await openCtx(open);
    const app = await create(ctx, "Storyteller");
    await share(ctx, app, kit, "manager");
    const unshare = () => inTx(ctx, (tx) => unshareApp(tx, { appId: app.id, userId: kit, actorId: maya }));
    expect([await unshare(), await unshare()]).toEqual([true, false]);
    expect(await findRole(ctx, app, kit)).toBeUndefined();
    expect(await share(ctx, app, kit, "viewer")).toMatchObject({ ok: true });
    const log = await query(ctx, (db) => db.selectFrom("audit_log").select(["action", "detail"]).orderBy("id"));
    expect(log.slice(1).map((row) => [row.action, JSON.parse(row.detail)])).toEqual([
      ["app.shared", { userId: kit, role: "manager" }],
      ["app.unshared", { userId: kit, role: "manager" }],
      ["app.shared", { userId: kit, role: "viewer" }],
    ]);
    await close();
  });
});
