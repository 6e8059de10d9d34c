import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { query } from "../../src/store/index.ts";
import { deviceGrant } from "./device-story.ts";
import { openRegistryStage, type RegistryStage, wanted } from "./registry-stage.ts";
import { stored } from "./storyteller.ts";

let stage: RegistryStage;

beforeEach(async () => {
  stage = await openRegistryStage();
});
afterEach(() => stage.close());

async function create(more: object = {}) {
  const { status, body } = await stage.mayas.call("POST", "/idp/apps", { ...wanted, ...more });
  expect(status).toBe(200);
  return body;
}

const patch = (appId: string, change: object) => stage.mayas.call("PATCH", `/idp/apps/${appId}`, change);

describe("what an app is", () => {
  it("answers every field, and takes every one of them back", async () => {
    const all = {
      name: "Fieldnotes",
      description: "Notes from the field",
      redirect_uris: ["https://fieldnotes.example/callback", "http://127.0.0.1/callback"],
      homepage_url: "https://fieldnotes.example/",
      logo_url: "https://fieldnotes.example/logo.png",
      privacy_policy_url: "https://fieldnotes.example/privacy",
      terms_url: "https://fieldnotes.example/terms",
      client_type: "confidential",
      identity_only: false,
      allowed_scopes: ["openid", "profile"],
      public: false,
      refresh_token_lifetime_days: 7,
      id_token_signed_response_alg: "ES256",
      access_token_format: "jwt",
      grant_types: ["authorization_code", deviceGrant],
      require_pkce: true,
      post_logout_redirect_uris: ["https://fieldnotes.example/bye"],
      webhook_url: "https://fieldnotes.example/hook",
      budget_proposal: { limit: "5.50", period: "week" },
    };
    const created = await create(all);
    expect(created).toMatchObject({ ...all, active: true, role: "owner", verified_domain: null });
    const { client_secret: _, ...app } = created;
    const { client_type: _fixed, ...fields } = all;
    expect((await patch(app.app_id, fields)).body).toEqual(app);
  });

  it("[T22] is named neither like the platform nor like another app, when new or renamed, unless by an operator", async () => {
    const { app_id } = await create();
    const other = await create({ name: "Quarry" });
    const refusals: [string, number, unknown][] = [
      ["Acme Login", 422, [["body", "name"], "platform_name"]],
      ["Аcmе", 422, [["body", "name"], "mixed_alphabets"]],
      ["АСМЕ", 422, [["body", "name"], "platform_name"]],
      ["Fieldnоtes", 422, [["body", "name"], "mixed_alphabets"]],
      ["Field-Notes", 409, "An application with this name already exists"],
    ];
    const before = await stored(stage);
    for (const [name, status, why] of refusals) {
      const asked = [
        await stage.mayas.call("POST", "/idp/apps", { ...wanted, name }),
        await patch(other.app_id, { name }),
      ];
      for (const { status: answered, body } of asked) {
        const told = answered === 409 ? body.detail : [body.detail[0].loc, body.detail[0].type];
        expect([name, answered, told]).toEqual([name, status, why]);
      }
    }
    expect(await stored(stage)).toBe(before);
    for (const name of ["Acme Notes", "Notes for Acme", "Москва Notes", "東京カメラ Notes"])
      expect((await patch(app_id, { name })).body.name).toBe(name);
    const given = await stage.olgas.call("POST", "/idp/apps", { ...wanted, name: "Acme Login" });
    expect([given.status, given.body.name]).toEqual([200, "Acme Login"]);
  });

  it("changes what is given and leaves the rest, allowed_scopes included", async () => {
    const { client_secret: _, ...app } = await create();
    const changed = await patch(app.app_id, { allowed_scopes: ["openid"], description: "New", public: false });
    expect(changed.status).toBe(200);
    expect(changed.body).toEqual({ ...app, allowed_scopes: ["openid"], description: "New", public: false });
    expect((await stage.mayas.call("GET", `/idp/apps/${app.app_id}`)).body).toEqual(changed.body);
    expect((await patch(app.app_id, { description: null })).body.description).toBeNull();
  });

  it("refuses a name that is taken and a client type that changes, and writes nothing", async () => {
    const { app_id } = await create();
    const before = await stored(stage);
    const taken = await patch(app_id, { name: "storyteller", description: "x" });
    expect([taken.status, taken.body]).toEqual([409, { detail: "An application with this name already exists" }]);
    const fixed = await patch(app_id, { client_type: "public" });
    expect([fixed.status, fixed.body.detail[0].loc]).toEqual([422, ["body", "client_type"]]);
    expect(await stored(stage)).toBe(before);
    expect((await patch(app_id, { client_type: "confidential" })).status).toBe(200);
  });

  it("gives up the scopes that spend when it becomes identity_only", async () => {
    const { app_id } = await create();
    expect((await patch(app_id, { identity_only: true })).body.allowed_scopes).not.toContain("gateway:access");
    const refused = await patch(app_id, { allowed_scopes: ["openid", "gateway:access"] });
    expect([refused.status, refused.body.detail[0].loc]).toEqual([422, ["body", "allowed_scopes"]]);
  });

  it("shows the directory nothing of what is its people's own", async () => {
    await create({ webhook_url: "https://fieldnotes.example/hook" });
    const { body } = await stage.kits.call("GET", "/idp/apps?search=fieldnotes");
    expect(body.items[0]).toMatchObject({ name: "Fieldnotes", verified_domain: null });
    for (const field of ["role", "webhook_url", "require_pkce", "grant_types", "post_logout_redirect_uris"]) {
      expect(body.items[0]).not.toHaveProperty(field);
    }
  });
});

describe("what only an operator may", () => {
  it("waives PKCE and allows client_credentials: for others 403, for a public client 422", async () => {
    const { app_id } = await create();
    const before = await stored(stage);
    for (const change of [{ require_pkce: false }, { grant_types: ["client_credentials"] }]) {
      const refused = await patch(app_id, change);
      expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining("Only an operator")]);
      const anew = await stage.mayas.call("POST", "/idp/apps", { ...wanted, name: "Quarry", ...change });
      expect(anew.status).toBe(403);
    }
    expect(await stored(stage)).toBe(before);
    const terminal = await create({ name: "Terminal", client_type: "public" });
    const asOperator = (appId: string, change: object) => stage.olgas.call("PATCH", `/idp/apps/${appId}`, change);
    const publicly = await asOperator(terminal.app_id, { require_pkce: false, grant_types: ["client_credentials"] });
    expect([publicly.status, publicly.body.detail.map(({ loc }: { loc: string[] }) => loc[1])]).toEqual([
      422,
      ["require_pkce", "grant_types"],
    ]);
    const allowed = await asOperator(app_id, { require_pkce: false, grant_types: ["client_credentials"] });
    expect(allowed.body).toMatchObject({ role: "operator", require_pkce: false, grant_types: ["client_credentials"] });
    expect((await patch(app_id, { description: "Kept", grant_types: ["client_credentials"] })).status).toBe(200);
  });

  it("looks at every app and blocks it, but takes no secret and shares nothing", async () => {
    const { app_id } = await create();
    const path = `/idp/apps/${app_id}`;
    expect((await stage.olgas.call("GET", path)).body.role).toBe("operator");
    expect((await stage.olgas.call("PATCH", path, { active: false })).body.active).toBe(false);
    const before = await stored(stage);
    expect((await stage.olgas.call("POST", `${path}/regenerate-secret`)).status).toBe(403);
    expect((await stage.olgas.call("POST", `${path}/share`, { user_id_or_name: "kit" })).status).toBe(403);
    expect((await stage.olgas.call("DELETE", path)).status).toBe(403);
    expect(await stored(stage)).toBe(before);
  });
});

describe("who may register", () => {
  it.each([
    ["operators", "Only operators of this platform can register apps."],
    ["email_verified", "Verify your e-mail address first; then you can register apps."],
    ["phone_verified", "Verify your telephone number first; then you can register apps."],
  ] as const)("%s: others read why, operators register", async (creators, detail) => {
    const other = await openRegistryStage({ apps: { creators } });
    const before = await stored(other);
    const refused = await other.mayas.call("POST", "/idp/apps", wanted);
    expect([refused.status, refused.body]).toEqual([403, { detail }]);
    expect(await stored(other)).toBe(before);
    expect((await other.olgas.call("POST", "/idp/apps", wanted)).status).toBe(200);
    await other.close();
  });

  it("as many as the platform says, and one more after deleting one", async () => {
    const other = await openRegistryStage({ apps: { perUser: 1 } });
    const first = await other.mayas.call("POST", "/idp/apps", wanted);
    const second = { ...wanted, name: "Quarry" };
    const refused = await other.mayas.call("POST", "/idp/apps", second);
    expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining("as many apps")]);
    await other.mayas.call("DELETE", `/idp/apps/${first.body.app_id}`);
    expect((await other.mayas.call("POST", "/idp/apps", second)).status).toBe(200);
    await other.close();
  });
});

describe("deleting an app", () => {
  it("is the owner's, answers what was deleted, frees the name, and leaves a line in the audit log", async () => {
    const { app_id } = await create();
    const path = `/idp/apps/${app_id}`;
    const deleted = await stage.mayas.call("DELETE", path);
    expect([deleted.status, deleted.body]).toEqual([200, { app_id, deleted: true }]);
    for (const [method, way, body] of [
      ["GET", path],
      ["DELETE", path],
      ["PATCH", path, { active: true }],
      ["POST", `${path}/regenerate-secret`],
      ["GET", `${path}/statistics`],
    ] as const) {
      const gone = await stage.mayas.call(method, way, body);
      expect([gone.status, gone.body]).toEqual([404, { detail: "Application not found" }]);
    }
    expect((await stage.mayas.call("GET", "/idp/apps?user_id=me")).body.total).toBe(0);
    expect((await create()).app_id).not.toBe(app_id);
    expect((await stage.audit()).filter((action) => action.startsWith("app."))).toEqual([
      "app.created",
      "app.created",
      "app.deleted",
      "app.created",
    ]);
  });
});

describe("two changes at the same moment", () => {
  it("never agree with a rule each and break it together", async () => {
    const { app_id } = await create({ allowed_scopes: ["openid"] });
    for (let round = 0; round < 10; round++) {
      await patch(app_id, { identity_only: false, allowed_scopes: ["openid"] });
      const answers = await Promise.all([
        patch(app_id, { identity_only: true }),
        patch(app_id, { allowed_scopes: ["openid", "gateway:access"] }),
      ]);
      for (const { status } of answers) expect([200, 422]).toContain(status);
      const { body } = await stage.mayas.call("GET", `/idp/apps/${app_id}`);
      expect(body.identity_only && body.allowed_scopes.includes("gateway:access")).toBe(false);
      expect((await patch(app_id, { active: true })).status).toBe(200);
    }
  });
});

describe("[N03] a session that lies open", () => {
  const sensitive: [string, string, object | undefined][] = [
    ["PATCH", "", { redirect_uris: ["https://evil.example/callback"] }],
    ["PATCH", "", { logo_url: "https://evil.example/logo.png" }],
    ["PATCH", "", { webhook_url: "https://evil.example/hook" }],
    ["POST", "/regenerate-secret", { overlap_seconds: 60 }],
    ["POST", "/share", { user_id_or_name: "kit", role: "manager" }],
    ["DELETE", "", undefined],
  ];

  it("must sign in again before it sends people elsewhere, takes a secret or lets somebody in; other changes go on", async () => {
    const call = await stage.bySession("maya");
    const { app_id } = (await call("POST", "/idp/apps", wanted)).body;
    const [secret] = (await call("GET", `/idp/apps/${app_id}/secrets`)).body.secrets;
    stage.clock.advance(30 * 60_000 + 1);
    await call("GET", "/idp/apps");
    const before = await stored(stage);
    const kill = ["DELETE", `/secrets/${secret.secret_id}`, undefined] as const;
    for (const [method, way, body] of [...sensitive, kill]) {
      const refused = await call(method, `/idp/apps/${app_id}${way}`, body);
      expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining("Sign in again")]);
    }
    expect(await stored(stage)).toBe(before);
    expect((await call("PATCH", `/idp/apps/${app_id}`, { description: "Harmless" })).status).toBe(200);
    const fresh = await stage.bySession("maya");
    for (const [method, way, body] of sensitive) {
      expect((await fresh(method, `/idp/apps/${app_id}${way}`, body)).status).toBe(200);
    }
  });

  it("a new face is written down, so that people are asked again", async () => {
    const { app_id } = await create();
    stage.clock.advance(1000);
    await patch(app_id, { redirect_uris: ["https://fieldnotes.example/other"] });
    const rows = await query(stage.ctx, (db) =>
      db.selectFrom("apps").select("face_changed_at").where("id", "=", app_id),
    );
    expect(rows).toEqual([{ face_changed_at: stage.clock.now() }]);
    expect((await stage.audit()).at(-1)).toBe("app.updated");
  });
});
