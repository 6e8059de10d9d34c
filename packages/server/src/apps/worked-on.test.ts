import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { countUsersUpTo, giveConsent } from "../consent/index.ts";
import { inTx } from "../context.ts";
import { databases } from "../testing/databases.ts";
import { openPlatform, type Platform } from "../testing/platform.ts";
import { deactivateApp, deleteApp, listWorkedOn, shareApp } from "./index.ts";

describe.each(databases)("on $name", ({ open }) => {
  let platform: Platform;
  let maya: { id: string; workspaceId: string };
  let kit: { id: string; workspaceId: string };
  beforeEach(async () => {
    platform = await openPlatform(open);
    maya = await platform.addUser("maya");
    kit = await platform.addUser("kit");
  });
  afterEach(() => platform.close());

  it("lists what a person owns or was let into, newest first, with what is switched off and without what is deleted", async () => {
    const { ctx } = platform;
    const add = async (owner: string, name: string) => {
      platform.clock.advance(1000);
      return (await platform.addApp(owner, { name })).id;
    };
    const first = await add(maya.id, "First");
    const second = await add(kit.id, "Second");
    const third = await add(maya.id, "Third");
    const fourth = await add(maya.id, "Fourth");
    await add(kit.id, "Fifth");
    const role = "viewer" as const;
    await inTx(ctx, (tx) => shareApp(tx, { appId: second, ownerId: kit.id, userId: maya.id, role, actorId: kit.id }));
    await inTx(ctx, (tx) => deactivateApp(tx, first, maya.id));
    await inTx(ctx, (tx) => deleteApp(tx, fourth, maya.id));
    const listed = (await listWorkedOn(ctx, maya.id, 10)).map(({ app, role }) => [app.id, role]);
    expect(listed).toEqual([
      [third, "owner"],
      [second, "viewer"],
      [first, "owner"],
    ]);
    expect((await listWorkedOn(ctx, maya.id, 2)).map(({ app }) => app.id)).toEqual([third, second]);
    await inTx(ctx, (tx) => deleteApp(tx, second, kit.id));
    expect((await listWorkedOn(ctx, maya.id, 10)).map(({ app }) => app.id)).toEqual([third, first]);
  });

  it("counts who allows an app, and no further than asked", async () => {
    const { ctx } = platform;
    const { id: appId } = await platform.addApp(maya.id);
    expect(await countUsersUpTo(ctx, appId, 5)).toBe(0);
    for (const { id: userId, workspaceId } of [maya, kit]) {
      const answer = { granted: ["openid"], withheld: [], terms: null, proposal: null };
      await inTx(ctx, (tx) => giveConsent(tx, { userId, appId, workspaceId }, answer));
    }
    expect(await countUsersUpTo(ctx, appId, 5)).toBe(2);
    expect(await countUsersUpTo(ctx, appId, 1)).toBe(1);
  });
});
