import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { everyRow } from "../every-row.ts";
import { call, keyOf } from "./api-client.ts";
import { openStoryteller, type Storyteller } from "./storyteller.ts";

let platform: Storyteller;
let key: string;

beforeEach(async () => {
  platform = await openStoryteller();
  key = (await keyOf(platform, platform.maya)).key;
});
afterEach(() => platform.close());

const rename = (name: unknown, caller = key) => call(platform, caller, "PATCH", "/users/me", { name });

describe("changing the account", () => {
  it("a new name is seen everywhere from the next call on, and written down", async () => {
    const answer = await platform.allow(platform.browser(), { scope: "openid profile" });
    const token = String((await platform.redeem(answer)).access_token);
    expect((await call(platform, token, "GET", "/idp/userinfo")).body.name).toBe("maya");
    const renamed = await rename("  Maya of the Attic ");
    expect([renamed.status, renamed.body.name]).toEqual([200, "Maya of the Attic"]);
    expect((await call(platform, key, "GET", "/users/me")).body.name).toBe("Maya of the Attic");
    expect((await call(platform, token, "GET", "/idp/userinfo")).body.name).toBe("Maya of the Attic");
    expect((await everyRow(platform.ctx)).audit_log).toContain("user.renamed");
  });

  it("what is left out stays, and the same name again writes nothing", async () => {
    const before = await everyRow(platform.ctx);
    expect((await call(platform, key, "PATCH", "/users/me", {})).body.name).toBe("maya");
    expect((await rename("maya")).status).toBe(200);
    expect(await everyRow(platform.ctx)).toEqual(before);
  });

  it.each(["", " ", "x".repeat(65), "two\nlines", "turned\u202earound", 7, null, ["x"]])(
    "refuses the name %j and changes nothing",
    async (name) => {
      const before = await everyRow(platform.ctx);
      const refused = await rename(name);
      expect([refused.status, refused.body.detail[0].loc]).toEqual([422, ["body", "name"]]);
      expect(await everyRow(platform.ctx)).toEqual(before);
    },
  );

  it("changes nothing else, whatever is sent", async () => {
    const sent = { name: "Maya", username: "root", role: "operator", email: "root@acme.example", user_id: "usr_x" };
    await call(platform, key, "PATCH", "/users/me", sent);
    expect((await call(platform, key, "GET", "/users/me")).body).toMatchObject({
      username: "maya",
      email: "maya@fennick.example",
      user_id: platform.maya.id,
    });
    const { users } = await everyRow(platform.ctx);
    expect(users).not.toContain("operator");
  });

  it("is nothing for apps, nor for keys without the scope", async () => {
    const scope = "openid profile email account:read";
    const token = String((await platform.redeem(await platform.allow(platform.browser(), { scope }))).access_token);
    const reader = await keyOf(platform, platform.maya, { scopes: ["profile", "account:read"] });
    const before = await everyRow(platform.ctx);
    for (const caller of [token, reader.key]) {
      const refused = await rename("Somebody", caller);
      expect([refused.status, refused.body]).toEqual([403, { detail: "This needs the scope account:write." }]);
    }
    expect(await everyRow(platform.ctx)).toEqual(before);
  });
});

describe("reading an account by its id", () => {
  it("is possible for one's own, and equal to /users/me", async () => {
    const own = await call(platform, key, "GET", `/users/${platform.maya.id}`);
    expect([own.status, own.body]).toEqual([200, (await call(platform, key, "GET", "/users/me")).body]);
  });

  it("somebody else's and one that is not there are refused alike", async () => {
    const lea = await platform.addUser("lea");
    const [others, unknown] = [
      await call(platform, key, "GET", `/users/${lea.id}`),
      await call(platform, key, "GET", "/users/usr_unknown"),
    ];
    expect(others.status).toBe(403);
    expect([unknown.status, unknown.body]).toEqual([others.status, others.body]);
  });
});
