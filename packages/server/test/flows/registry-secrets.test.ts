import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openRegistryStage, type RegistryStage } from "./registry-stage.ts";
import { stored } from "./storyteller.ts";

let stage: RegistryStage;
let path: string;

beforeEach(async () => {
  stage = await openRegistryStage();
  path = `/idp/apps/${stage.app.id}`;
});
afterEach(() => stage.close());

const rotate = (body?: object) => stage.kits.call("POST", `${path}/regenerate-secret`, body);

/** Whether the app can still say who it is with this secret. */
async function isGood(secret: string): Promise<boolean> {
  const body = new URLSearchParams({ token: "x", client_id: stage.app.clientId, client_secret: secret });
  return (await stage.fetch("/idp/token/introspect", { method: "POST", body })).status === 200;
}

describe("[N02] secrets by API", () => {
  it("are shown once: at creation and at rotation, and nowhere else", async () => {
    const rotated = await rotate();
    expect([rotated.status, rotated.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(rotated.body).toMatchObject({
      app_id: stage.app.id,
      client_id: stage.app.clientId,
      client_secret: expect.stringMatching(/^csc_[a-z0-9]{48}$/),
    });
    const { client_secret, secrets } = rotated.body;
    expect(secrets).toEqual([
      {
        secret_id: expect.stringMatching(/^sec_/),
        hint: client_secret.slice(-4),
        created_at: new Date(stage.clock.now()).toISOString(),
        expires_at: null,
      },
    ]);
    const later = await Promise.all(
      ["", "/secrets", "/shares", "/statistics"].map((way) => stage.kits.call("GET", path + way)),
    );
    const rest = JSON.stringify([...later, await stage.kits.call("GET", "/idp/apps"), await stored(stage)]);
    expect(rest).not.toContain(client_secret);
    expect(rest).not.toContain(stage.app.clientSecret);
  });

  it("without an overlap the former one is dead at once", async () => {
    expect(await isGood(stage.app.clientSecret)).toBe(true);
    const { client_secret } = (await rotate()).body;
    expect([await isGood(stage.app.clientSecret), await isGood(client_secret)]).toEqual([false, true]);
  });

  it("with one both are good until it ends, or until the former is killed", async () => {
    const second = (await rotate({ overlap_seconds: 60 })).body;
    const third = (await rotate({ overlap_seconds: 3600 })).body;
    expect(third.secrets).toHaveLength(3);
    const [first, two, three] = [stage.app.clientSecret, second.client_secret, third.client_secret];
    expect([await isGood(first), await isGood(two), await isGood(three)]).toEqual([true, true, true]);
    stage.clock.advance(60_000);
    expect([await isGood(first), await isGood(two), await isGood(three)]).toEqual([false, true, true]);
    const doomed = third.secrets.find(({ hint }: { hint: string }) => hint === two.slice(-4));
    const killed = await stage.kits.call("DELETE", `${path}/secrets/${doomed.secret_id}`);
    expect(killed.body).toEqual({ app_id: stage.app.id, secret_id: doomed.secret_id, deleted: true });
    expect([await isGood(two), await isGood(three)]).toEqual([false, true]);
    const again = await stage.kits.call("DELETE", `${path}/secrets/${doomed.secret_id}`);
    expect([again.status, again.body]).toEqual([404, { detail: "Secret not found" }]);
    const { secrets } = (await stage.kits.call("GET", `${path}/secrets`)).body;
    expect(secrets.map(({ hint }: { hint: string }) => hint)).toEqual([three.slice(-4)]);
    expect((await stage.audit()).filter((action) => action.startsWith("app.secret"))).toEqual([
      "app.secret_rotated",
      "app.secret_rotated",
      "app.secret_killed",
    ]);
  });

  it("take the platform's overlap when none is asked for", async () => {
    const other = await openRegistryStage({ apps: { secretOverlapSeconds: 600 } });
    const { secrets } = (await other.kits.call("POST", `/idp/apps/${other.app.id}/regenerate-secret`)).body;
    const ends = new Date(other.clock.now() + 600_000).toISOString();
    expect(secrets.map(({ expires_at }: { expires_at: string | null }) => expires_at).toSorted()).toEqual([ends, null]);
    await other.close();
  });

  it("a public client has none", async () => {
    const terminal = await stage.addApp(stage.kits.id, { name: "Terminal", client_type: "public" });
    const before = await stored(stage);
    const refused = await stage.kits.call("POST", `/idp/apps/${terminal.id}/regenerate-secret`);
    expect([refused.status, refused.body]).toEqual([400, { detail: "A public client has no secret." }]);
    expect(await stored(stage)).toBe(before);
  });
});
