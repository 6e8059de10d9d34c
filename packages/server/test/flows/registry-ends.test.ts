import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deviceGrant } from "./device-story.ts";
import { openRegistryStage, type RegistryStage } from "./registry-stage.ts";
import { verifier } from "./storyteller.ts";

let stage: RegistryStage;

beforeEach(async () => {
  stage = await openRegistryStage();
  const grant_types = ["authorization_code", "refresh_token", deviceGrant];
  await stage.kits.call("PATCH", `/idp/apps/${stage.app.id}`, { grant_types });
});
afterEach(() => stage.close());

const client = () => ({ client_id: stage.app.clientId, client_secret: stage.app.clientSecret });

async function post(path: string, form: Record<string, string>) {
  const response = await stage.fetch(path, { method: "POST", body: new URLSearchParams({ ...client(), ...form }) });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

const everywhere = async (token: string) => {
  const headers = { authorization: `Bearer ${token}` };
  const [gateway, userinfo, account] = await Promise.all(
    ["/v1/models", "/idp/userinfo", "/users/me"].map((path) => stage.fetch(path, { headers })),
  );
  return [gateway!.status, userinfo!.status, account!.status];
};

/** Everything that an app may hold when it ends: tokens in use, a code and a device code that were not redeemed yet. */
async function holdings() {
  const scope = "openid profile account:read gateway:access offline_access";
  const browser = stage.browser();
  const tokens = await stage.redeem(await stage.allow(browser, { scope }));
  const unredeemed = await stage.allow(browser, { scope });
  const code = unredeemed.location?.searchParams.get("code") ?? "";
  const device = (await post("/idp/device_authorization", { scope })).json;
  const entered = await browser.submit(await browser.open("/device"), "/device", {
    user_code: String(device.user_code),
  });
  const page = await browser.follow(entered);
  await browser.follow(await browser.submit(page, "/device/consent", { decision: "allow" }));
  return {
    access: String(tokens.access_token),
    refresh: String(tokens.refresh_token),
    code,
    deviceCode: String(device.device_code),
  };
}

const redirect_uri = "https://storyteller.example/callback";
const redeem = (code: string) =>
  post("/idp/token", { grant_type: "authorization_code", code, redirect_uri, code_verifier: verifier });

const ends: [string, (path: string) => Promise<unknown>, boolean][] = [
  ["deleted", (path) => stage.kits.call("DELETE", path), false],
  ["deactivated", (path) => stage.kits.call("PATCH", path, { active: false }), true],
  ["blocked by an operator", (path) => stage.olgas.call("PATCH", path, { active: false }), true],
];

describe("[N06] an app that is", () => {
  it.each(ends)("%s: its tokens, codes and device codes are dead within a second", async (_how, end, mayReturn) => {
    const { access, refresh, code, deviceCode } = await holdings();
    expect(await everywhere(access)).toEqual([200, 200, 200]);
    const path = `/idp/apps/${stage.app.id}`;
    await end(path);
    expect(await everywhere(access)).toEqual([401, 401, 401]);
    for (const token of [access, refresh]) {
      // Without the app's own credentials, which are dead as well.
      const body = new URLSearchParams({ token });
      const seen = await stage.fetch("/idp/token/introspect", { method: "POST", body });
      expect(await seen.json()).toEqual({ active: false });
    }
    const grants = [
      () => redeem(code),
      () => post("/idp/token", { grant_type: "refresh_token", refresh_token: refresh }),
      () => post("/idp/token", { grant_type: deviceGrant, device_code: deviceCode }),
    ];
    for (const grant of grants) expect((await grant()).json.error).toBe("invalid_client");
    expect((await stage.browser().open(stage.request())).status).toBe(400);
    expect((await post("/idp/device_authorization", { scope: "openid" })).json.error).toBe("invalid_client");
    if (!mayReturn) return;

    await stage.olgas.call("PATCH", path, { active: true });
    expect(await everywhere(access)).toEqual([401, 401, 401]);
    for (const grant of grants) expect((await grant()).json.error).toBe("invalid_grant");
    expect((await stage.allow(stage.browser(), { scope: "openid" })).location?.searchParams.get("code")).toBeTruthy();
  });

  it("[N06] blocked by an operator stays so, whatever its own people do, until an operator says otherwise", async () => {
    const path = `/idp/apps/${stage.app.id}`;
    const people = [stage.kits, stage.mayas];
    await stage.kits.call("POST", `${path}/share`, { user_id_or_name: "maya", role: "manager" });
    await stage.kits.call("PATCH", path, { active: false });
    await stage.olgas.call("PATCH", path, { active: false });
    for (const { call } of people) {
      const refused = await call("PATCH", path, { active: true, description: "Harmless" });
      expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining("Only an operator")]);
      expect((await call("PATCH", path, { active: false, description: "Still ours" })).status).toBe(200);
    }
    expect((await stage.kits.call("GET", path)).body).toMatchObject({ active: false, description: "Still ours" });
    expect((await stage.olgas.call("PATCH", path, { active: true })).body.active).toBe(true);
    await stage.kits.call("PATCH", path, { active: false });
    expect((await stage.mayas.call("PATCH", path, { active: true })).body.active, "theirs again").toBe(true);
  });

  it("[N06] made to spend no more: what it held is dead as well, and it asks for spending in vain", async () => {
    const { access, code } = await holdings();
    await stage.kits.call("PATCH", `/idp/apps/${stage.app.id}`, { identity_only: true });
    expect(await everywhere(access)).toEqual([401, 401, 401]);
    expect((await redeem(code)).json.error).toBe("invalid_grant");
    const asked = await stage.browser().open(stage.request({ scope: "openid gateway:access" }));
    expect(asked.location?.searchParams.get("error")).toBe("invalid_scope");
  });
});

describe("statistics", () => {
  const statistics = async () => (await stage.kits.call("GET", `/idp/apps/${stage.app.id}/statistics`)).body;

  it("count who allows the app something, ever and now, and who was there", async () => {
    const nobody = { users: 0, grants: 0, days: 30, active_users: 0, calls: 0, errors: 0, spend_micros: 0 };
    expect(await statistics()).toEqual({ app_id: stage.app.id, ...nobody });
    await stage.redeem(await stage.allow(stage.browser(), { scope: "openid" }));
    expect(await statistics()).toMatchObject({ users: 1, grants: 1, active_users: 1 });
    stage.clock.advance(31 * 86_400_000);
    expect(await statistics()).toMatchObject({ users: 1, grants: 1, active_users: 0 });
    await stage.mayas.call("DELETE", `/idp/authorizations/${stage.app.id}`);
    expect(await statistics()).toMatchObject({ users: 0, grants: 1, active_users: 0 });
  });
});
