import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import {
  approveDevice,
  findByUserCode,
  forgetExpiredDeviceRequests,
  openDeviceRequest,
  readUserCode,
} from "../../src/oauth/index.ts";
import { oneFactor, type Session } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import { databases } from "../../src/testing/databases.ts";
import { addApp, addUser, openTokenHouse, type TokenHouse } from "../token-house.ts";
import { deviceGrant } from "./device-story.ts";

describe.each(databases)("what a device asks for, on $name", ({ open }) => {
  let house: TokenHouse;
  let clientId: string;

  beforeEach(async () => {
    house = await openTokenHouse(open);
    const kit = await addUser(house.ctx, "kit");
    const metadata = { name: "Teleprinter", client_type: "public", grant_types: [deviceGrant] };
    clientId = (await addApp(house.ctx, kit.id, metadata)).app.clientId;
  });
  afterEach(() => house.close());

  const start = () => house.post("/idp/device_authorization", { client_id: clientId, scope: "openid profile" });
  const poll = (device_code: string) =>
    house.post("/idp/token", { grant_type: deviceGrant, device_code, client_id: clientId });
  const count = async (table: "device_requests" | "token_families") =>
    (await query(house.ctx, (db) => db.selectFrom(table).selectAll())).length;

  async function approve(userCode: string): Promise<void> {
    const user = await addUser(house.ctx, "maya");
    const now = house.clock.now();
    const proof = { authenticatedAt: now, amr: ["pwd"], acr: oneFactor };
    const session: Session = { id: "ses", userId: user.id, ...proof, expiresAt: now + 1 };
    const opened = (await findByUserCode(house.ctx, readUserCode(userCode)!))!;
    expect(await openDeviceRequest(house.ctx, opened.request, session.id)).toBe(true);
    const answer = { granted: ["openid", "profile"], withheld: [], terms: null, proposal: null };
    const given = { workspaceId: "ws", answer };
    const decided = await inTx(house.ctx, (tx) => approveDevice(tx, { ...opened, user, session }, given));
    expect(decided).toEqual({ ok: true, outcome: "approved" });
  }

  it("[C16] begins nothing and issues nothing while the storage fails, and goes on afterwards", async () => {
    house.storage.failing = true;
    const nothing = await start();
    expect([nothing.status, nothing.json.error]).toEqual([503, "temporarily_unavailable"]);
    house.storage.failing = false;
    expect(await count("device_requests")).toBe(0);

    const { device_code, user_code } = (await start()).json;
    await approve(user_code);
    house.storage.failing = true;
    const failed = await poll(device_code);
    expect([failed.status, failed.json]).toEqual([
      503,
      { error: "temporarily_unavailable", error_description: "The disk is gone." },
    ]);
    house.storage.failing = false;
    expect(await count("token_families")).toBe(0);
    const tokens = await poll(device_code);
    expect([tokens.status, tokens.json.scope]).toEqual([200, "openid profile"]);
  });

  it("is forgotten an hour after it expired, and until then says that it has", async () => {
    const { device_code } = (await start()).json;
    house.clock.advance(600_000 + 3_500_000);
    await inTx(house.ctx, forgetExpiredDeviceRequests);
    expect((await poll(device_code)).json.error).toBe("expired_token");
    house.clock.advance(200_000);
    const { device_code: living } = (await start()).json;
    expect(await inTx(house.ctx, forgetExpiredDeviceRequests)).toBe(1);
    expect(await count("device_requests")).toBe(1);
    expect((await poll(device_code)).json.error).toBe("expired_token");
    expect((await poll(living)).json.error).toBe("authorization_pending");
  });

  it("is found by a code that was hashed with an older secret of the operator", async () => {
    const { user_code } = (await start()).json;
    const [old] = house.ctx.config.secrets;
    const rotated = {
      ...house.ctx,
      config: { ...house.ctx.config, secrets: ["a newer secret, long enough too", old!] },
    };
    expect((await findByUserCode(rotated, readUserCode(user_code)!))?.app.clientId).toBe(clientId);
    const retired = { ...house.ctx, config: { ...house.ctx.config, secrets: ["a newer secret, long enough too"] } };
    expect(await findByUserCode(retired, readUserCode(user_code)!)).toBeUndefined();
  });
});
