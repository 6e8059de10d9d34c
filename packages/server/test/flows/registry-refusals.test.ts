import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRegistryStage, type RegistryStage, wanted } from "./registry-stage.ts";
import { stored } from "./storyteller.ts";

let stage: RegistryStage;
let own: string;

// Nothing here changes anything, so one platform serves all.
beforeAll(async () => {
  stage = await openRegistryStage();
  own = `/idp/apps/${stage.app.id}`;
});
afterAll(() => stage.close());

/** Sends it as the app's owner; everything that is stored must be as before. */
async function refused(method: string, way: string, body?: unknown) {
  const before = await stored(stage);
  const answer = await stage.kits.call(method, way, body);
  expect(await stored(stage)).toBe(before);
  expect(JSON.stringify(answer.body)).not.toMatch(/sqlite|postgres|kysely|at \w+ \(/i);
  return answer;
}

const text = (length: number) => "x".repeat(length);

/** Each field with what it never takes, whether the app is new or not. */
const badFields: [string, unknown[]][] = [
  ["name", [7, null, "", "ab", text(65), text(300), "a\nb c", ["Fieldnotes"], {}]],
  ["description", [7, text(1001), []]],
  [
    "redirect_uris",
    [null, "https://a.example/", [], [7], ["javascript:alert(1)"], ["http://a.example/"], [text(3000)]],
  ],
  ["redirect_uris", [Array.from({ length: 11 }, (_, index) => `https://a.example/${index}`)]],
  ["homepage_url", [7, "javascript:alert(1)", "a.example", `https://a.example/${text(2048)}`]],
  ["logo_url", [7, "data:image/png;base64,AAAA", ""]],
  ["privacy_policy_url", [7, "ftp://a.example/"]],
  ["terms_url", [{}, "//a.example"]],
  ["public", [null, "yes", 1]],
  ["refresh_token_lifetime_days", [null, 0, -1, 366, 1.5, "30", 1e30]],
  ["allowed_scopes", [null, "openid", [], ["everything"], ["apps:write"], [null]]],
  ["id_token_signed_response_alg", [null, "none", "HS256", 7]],
  ["access_token_format", [null, "opaque"]],
  ["grant_types", [null, [], ["password"], ["implicit"], "authorization_code", Array(11).fill("refresh_token")]],
  ["identity_only", [null, "true"]],
  ["require_pkce", [null, 0]],
  ["post_logout_redirect_uris", [null, "https://a.example/", ["http://a.example/"], [7]]],
  ["webhook_url", [7, "http://a.example/", "javascript:alert(1)"]],
  ["budget_proposal", [7, "5.00", {}, { limit: 5 }, { limit: "-5" }, { limit: "0" }, { limit: "5", period: "year" }]],
  ["client_type", [null, "native", 1]],
];
const each = badFields.flatMap(([field, values]) =>
  values.map((value): [string, string, unknown] => [field, JSON.stringify(value).slice(0, 60), value]),
);

describe("bad fields", () => {
  it.each(each)("%s: %s is refused by name, in a new app and in a change", async (field, _shown, value) => {
    for (const answer of [
      await refused("POST", "/idp/apps", { ...wanted, [field]: value }),
      await refused("PATCH", own, { [field]: value }),
    ]) {
      expect(answer.status).toBe(422);
      for (const { loc, msg, type } of answer.body.detail) {
        expect(loc.slice(0, 2)).toEqual(["body", field]);
        expect([typeof msg, typeof type]).toEqual(["string", "string"]);
      }
    }
  });

  it("are all named at once, one entry for each", async () => {
    const answer = await refused("POST", "/idp/apps", { name: 7, redirect_uris: [], public: "no", terms_url: 1 });
    expect(answer.body.detail.map(({ loc }: { loc: string[] }) => loc[1])).toEqual([
      "name",
      "redirect_uris",
      "terms_url",
      "public",
    ]);
  });

  it.each(["yes", 0, null])("active: %j", async (active) => {
    const answer = await refused("PATCH", own, { active });
    expect([answer.status, answer.body.detail[0].loc]).toEqual([422, ["body", "active"]]);
  });

  it.each<[string, unknown, string]>([
    ["/regenerate-secret", { overlap_seconds: -1 }, "overlap_seconds"],
    ["/regenerate-secret", { overlap_seconds: 7_776_001 }, "overlap_seconds"],
    ["/regenerate-secret", { overlap_seconds: 1.5 }, "overlap_seconds"],
    ["/regenerate-secret", { overlap_seconds: "60" }, "overlap_seconds"],
    ["/share", {}, "user_id_or_name"],
    ["/share", { user_id_or_name: "" }, "user_id_or_name"],
    ["/share", { user_id_or_name: 7 }, "user_id_or_name"],
    ["/share", { user_id_or_name: text(257) }, "user_id_or_name"],
    ["/share", { user_id_or_name: "maya", role: "owner" }, "role"],
    ["/share", { user_id_or_name: "maya", app_id_or_name: 7 }, "app_id_or_name"],
  ])("POST %s %j", async (way, body, field) => {
    const answer = await refused("POST", own + way, body);
    expect([answer.status, answer.body.detail[0].loc]).toEqual([422, ["body", field]]);
  });
});

describe("bad bodies", () => {
  const operations: [string, () => string][] = [
    ["POST", () => "/idp/apps"],
    ["PATCH", () => own],
    ["POST", () => `${own}/regenerate-secret`],
    ["POST", () => `${own}/share`],
  ];
  it.each(operations)("%s %s", async (method, way) => {
    for (const [body, status] of [
      ["{", 400],
      ["null", 422],
      ["[]", 422],
      ['"text"', 422],
      [`${"[".repeat(50)}${"]".repeat(50)}`, 400],
      [JSON.stringify({ name: text(70_000) }), 413],
      ['{"description":"a\\u0000b"}', 400],
    ] as const) {
      expect([body.slice(0, 20), (await refused(method, way(), body)).status]).toEqual([body.slice(0, 20), status]);
    }
    const headers = { authorization: `Bearer ${stage.kits.key}`, "content-type": "text/plain" };
    expect((await stage.send(method, way(), { headers, body: "{}" })).status).toBe(415);
  });
});

describe("unknown ids", () => {
  const strange = ["app_never", "..%2f..%2fetc", "%00", "'--", text(200), "%F0%9F%90%9A"];
  it.each(strange)("%s: 404 on every operation", async (id) => {
    for (const [method, way, body] of [
      ["GET", ""],
      ["PATCH", "", { description: "x" }],
      ["DELETE", ""],
      ["POST", "/regenerate-secret", {}],
      ["GET", "/secrets"],
      ["DELETE", "/secrets/sec_x"],
      ["POST", "/share", { user_id_or_name: "maya" }],
      ["DELETE", "/share/usr_x"],
      ["GET", "/shares"],
      ["GET", "/statistics"],
    ] as [string, string, object?][]) {
      expect([way, (await refused(method, `/idp/apps/${id}${way}`, body)).status]).toEqual([way, 404]);
    }
  });

  it.each(strange)("%s as a secret or as whom it is shared with: 404", async (id) => {
    expect((await refused("DELETE", `${own}/secrets/${id}`)).status).toBe(404);
    expect((await refused("DELETE", `${own}/share/${id}`)).status).toBe(404);
  });
});

describe("without the right credentials", () => {
  it("nothing is answered: 401 without a key, 403 with one of too small a scope", async () => {
    const kit = { id: stage.kits.id, workspaceId: await workspaceOf() };
    const narrow = `Bearer ${await stage.keyOf(kit, ["profile", "account:read"])}`;
    const before = await stored(stage);
    for (const [method, way, body, readable] of [
      ["GET", "/idp/apps", undefined, true],
      ["POST", "/idp/apps", wanted],
      ["GET", own, undefined, true],
      ["PATCH", own, { description: "x" }],
      ["DELETE", own],
      ["POST", `${own}/regenerate-secret`],
      ["GET", `${own}/secrets`],
      ["DELETE", `${own}/secrets/sec_x`],
      ["POST", `${own}/share`, { user_id_or_name: "maya" }],
      ["DELETE", `${own}/share/${stage.maya.id}`],
      ["GET", `${own}/shares`],
      ["GET", `${own}/statistics`],
    ] as [string, string, object?, boolean?][]) {
      const anonymous = await stage.send(method, way, { body });
      expect([way, anonymous.status]).toEqual([way, 401]);
      const little = await stage.send(method, way, { body, headers: { authorization: narrow } });
      expect([way, little.status]).toEqual([way, readable ? 200 : 403]);
    }
    expect(await stored(stage)).toBe(before);
  });
});

async function workspaceOf(): Promise<string> {
  const me = await stage.kits.call("GET", "/users/me");
  return me.body.workspaces[0].workspace_id;
}
