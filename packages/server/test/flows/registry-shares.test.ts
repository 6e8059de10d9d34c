import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { setUserDisabled } from "../../src/people/index.ts";
import { type Answer, openRegistryStage, type RegistryStage } from "./registry-stage.ts";
import { stored } from "./storyteller.ts";

let stage: RegistryStage;
let path: string;

beforeEach(async () => {
  stage = await openRegistryStage();
  await stage.kits.call("PATCH", `/idp/apps/${stage.app.id}`, { public: false });
  path = `/idp/apps/${stage.app.id}`;
});
afterEach(() => stage.close());

const share = (more: object = {}) =>
  stage.kits.call("POST", `${path}/share`, { app_id_or_name: "Storyteller", user_id_or_name: "maya", ...more });
const told = ({ status, body }: Answer) => [status, body.detail ?? body];
const names = ({ body }: Answer) => body.items.map(({ name }: { name: string }) => name);

describe("sharing by API", () => {
  it("answers with whom, by id or username, and lists it with the time and the role", async () => {
    const shared = await share({ role: "manager" });
    const maya = stage.maya.id;
    expect(shared.body).toEqual({ app_id: stage.app.id, shared_to: maya, shared_to_username: "maya", role: "manager" });
    const listed = await stage.kits.call("GET", `${path}/shares`);
    const shared_at = new Date(stage.clock.now()).toISOString();
    const expected = [{ user_id: maya, username: "maya", shared_at, role: "manager" }];
    expect(listed.body).toEqual({ app_id: stage.app.id, shares: expected });
    const byId = await stage.kits.call("POST", `${path}/share`, { user_id_or_name: stage.olgas.id });
    expect(byId.body).toMatchObject({ shared_to_username: "olga", role: "viewer" });
  });

  it("refuses what cannot be, in the documented words, and changes nothing", async () => {
    await share();
    const before = await stored(stage);
    expect(told(await share())).toEqual([409, "App is already shared with this user"]);
    expect(told(await share({ role: "manager" }))).toEqual([409, "App is already shared with this user"]);
    expect(told(await share({ user_id_or_name: "kit" }))).toEqual([400, "Cannot share app with yourself"]);
    for (const user_id_or_name of ["nobody", "usr_nobody", "maya@fennick.example", "x".repeat(256)]) {
      expect(told(await share({ user_id_or_name }))).toEqual([404, "User not found"]);
    }
    const mismatch = await share({ app_id_or_name: "Fieldnotes", user_id_or_name: "olga" });
    expect([mismatch.status, mismatch.body.detail[0].loc]).toEqual([422, ["body", "app_id_or_name"]]);
    expect(await stored(stage)).toBe(before);
  });

  it("finds nobody who is disabled", async () => {
    await inTx(stage.ctx, (tx) => setUserDisabled(tx, stage.maya.id, true));
    expect(told(await share())).toEqual([404, "User not found"]);
  });

  it("is in the lists of whoever it is shared with, unless they say no", async () => {
    expect(names(await stage.mayas.call("GET", "/idp/apps"))).toEqual([]);
    await share();
    const listed = await stage.mayas.call("GET", "/idp/apps");
    expect([names(listed), listed.body.items[0].role]).toEqual([["Storyteller"], "viewer"]);
    expect(names(await stage.mayas.call("GET", "/idp/apps?include_shared=false"))).toEqual([]);
    expect(names(await stage.mayas.call("GET", "/idp/apps?user_id=me"))).toEqual([]);
    expect(names(await stage.mayas.call("GET", "/idp/apps?include_public=false&search=STORY"))).toEqual([
      "Storyteller",
    ]);
  });

  it("ends by the owner or by whoever it was shared with, and then nothing is found", async () => {
    const end = (who: "kits" | "mayas" | "olgas") => stage[who].call("DELETE", `${path}/share/${stage.maya.id}`);
    await share();
    expect(told(await end("olgas"))[0]).toBe(403);
    expect((await end("kits")).body).toEqual({ app_id: stage.app.id, unshared_from: stage.maya.id });
    expect(told(await end("kits"))).toEqual([404, "Share not found"]);
    expect(told(await stage.mayas.call("GET", path))).toEqual([404, "Application not found"]);
    await share();
    expect((await end("mayas")).status).toBe(200);
    expect(told(await end("mayas"))).toEqual([404, "Application not found"]);
    expect((await stage.audit()).filter((action) => action.endsWith("shared"))).toHaveLength(4);
  });
});

describe("[N01] what somebody may do to another's app", () => {
  const looks: [string, string][] = [
    ["GET", ""],
    ["GET", "/secrets"],
    ["GET", "/shares"],
    ["GET", "/statistics"],
  ];
  const changes: [string, string, object?][] = [
    ["PATCH", "", { description: "Mine now" }],
    ["POST", "/regenerate-secret", {}],
  ];
  const ownersOnly: [string, string, object?][] = [
    ["DELETE", ""],
    ["POST", "/share", { user_id_or_name: "olga" }],
  ];
  const kill = async (): Promise<[string, string]> => {
    const { secrets } = (await stage.kits.call("GET", `${path}/secrets`)).body;
    return ["DELETE", `/secrets/${secrets[0].secret_id}`];
  };

  it("a stranger: 404 on every route and method, listed in the directory or not", async () => {
    await stage.kits.call("POST", `${path}/share`, { user_id_or_name: "olga" });
    const unshare: [string, string] = ["DELETE", `/share/${stage.olgas.id}`];
    const all = [...looks, ...changes, ...ownersOnly, await kill(), unshare];
    for (const isListed of [false, true]) {
      await stage.kits.call("PATCH", path, { public: isListed });
      const before = await stored(stage);
      for (const [method, way, body] of all) {
        expect(told(await stage.mayas.call(method, path + way, body))).toEqual([404, "Application not found"]);
      }
      expect(await stored(stage)).toBe(before);
    }
  });

  it("answers a stranger as it answers for an app that was never there", async () => {
    const never = await stage.mayas.call("GET", "/idp/apps/app_never");
    expect(told(await stage.mayas.call("GET", path))).toEqual(told(never));
  });

  it("a viewer looks, and changes nothing", async () => {
    await share({ role: "viewer" });
    for (const [method, way] of looks) expect((await stage.mayas.call(method, path + way)).status).toBe(200);
    const before = await stored(stage);
    for (const [method, way, body] of [...changes, ...ownersOnly, await kill()]) {
      expect((await stage.mayas.call(method, path + way, body)).status).toBe(403);
    }
    expect(await stored(stage)).toBe(before);
  });

  it("a manager changes it too, and neither deletes nor shares it", async () => {
    await share({ role: "manager" });
    const before = await stored(stage);
    for (const [method, way, body] of ownersOnly) {
      const refused = await stage.mayas.call(method, path + way, body);
      expect(told(refused)).toEqual([403, "Only the owner of this app can do this."]);
    }
    expect(await stored(stage)).toBe(before);
    for (const [method, way, body] of [...looks, await kill(), ...changes]) {
      expect((await stage.mayas.call(method, path + way, body)).status).toBe(200);
    }
    expect((await stage.kits.call("GET", path)).body).toMatchObject({ description: "Mine now", role: "owner" });
  });

  it("an app's own token: nothing, whatever its user may", async () => {
    const answer = await stage.allow(stage.browser(), { scope: "openid account:read" });
    const headers = { authorization: `Bearer ${(await stage.redeem(answer)).access_token}` };
    const { app_id } = (
      await stage.mayas.call("POST", "/idp/apps", {
        name: "Hidden",
        public: false,
        redirect_uris: ["https://hidden.example/callback"],
      })
    ).body;
    expect(told(await stage.send("GET", `/idp/apps/${app_id}`, { headers }))).toEqual([404, "Application not found"]);
    expect(names(await stage.send("GET", "/idp/apps", { headers }))).toEqual([]);
    expect(names(await stage.send("GET", "/idp/apps?user_id=me", { headers }))).toEqual([]);
    expect((await stage.send("GET", `/idp/apps/${app_id}/secrets`, { headers })).status).toBe(403);
  });
});

describe("[N07] in another's name", () => {
  it("nobody makes anything without credentials, and with them only for himself", async () => {
    const before = await stored(stage);
    const body = { name: "Forged", redirect_uris: ["https://forged.example/callback"], user_id: stage.kits.id };
    for (const [method, way] of [
      ["POST", "/idp/apps"],
      ["POST", `${path}/regenerate-secret`],
      ["POST", "/users/me/keys"],
    ] as const) {
      expect((await stage.send(method, way, { body })).status).toBe(401);
      const headers = { authorization: `Bearer sk-ik-${"a".repeat(40)}` };
      expect((await stage.send(method, way, { headers, body })).status).toBe(401);
    }
    expect(await stored(stage)).toBe(before);
    expect((await stage.mayas.call("POST", "/idp/apps", body)).body.user_id).toBe(stage.maya.id);
  });
});
