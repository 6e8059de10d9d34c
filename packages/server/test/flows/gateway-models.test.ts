import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listCalls } from "../../src/ledger/index.ts";
import { databases } from "../../src/testing/databases.ts";
import { json } from "../../src/testing/upstream.ts";
import { openStage, type Stage } from "./gateway-stage.ts";

describe.each(databases)("a permission for one model on $name", ({ open }) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(open);
  });
  afterAll(() => stage.close());
  beforeEach(() => {
    stage.upstream.received.length = 0;
    stage.upstream.play = () => json({ prompt: 10, completion: 5 });
  });
  afterEach(() => stage.settled());

  const list = async (bearer: string) => {
    const answer = await fetch(`${stage.origin}/v1/models`, { headers: { authorization: `Bearer ${bearer}` } });
    return ((await answer.json()) as { data: { id: string }[] }).data.map(({ id }) => id);
  };

  it("[O12] is refused for another model, and the refusal names the scope that is needed", async () => {
    const maya = await stage.keyGuest({ scopes: ["gateway:invoke:other-model"] });
    const refused = await maya.chat();
    expect(refused.status).toBe(403);
    expect(refused.headers.get("www-authenticate")).toContain(
      `Bearer error="insufficient_scope", scope="gateway:invoke:test-model"`,
    );
    expect((await maya.chat({ model: "other-model" })).status).toBe(404);
    expect(stage.upstream.received).toEqual([]);
    expect(await listCalls(stage.ctx, { walletId: maya.walletId, limit: 10 })).toEqual([]);
    expect(await list(maya.bearer)).toEqual([]);
  });

  it("lets that model be called, under the cap", async () => {
    const maya = await stage.appGuest({ scopes: ["openid", "gateway:invoke:test-model"], capMicros: 2_100 });
    expect((await maya.chat({ max_tokens: 100 })).status).toBe(200);
    expect(await list(maya.bearer)).toEqual(["test-model"]);
    expect(await maya.lastCall()).toMatchObject({ outcome: "settled", grantId: maya.signedIn.grant.id });
    expect((await maya.chat({ max_tokens: 1000 })).status).toBe(402);
  });

  it("is part of the whole gateway", async () => {
    const maya = await stage.appGuest({ scopes: ["openid", "gateway:access"] });
    expect(await list(maya.bearer)).toEqual(["test-model"]);
    expect((await maya.chat()).status).toBe(200);
  });
});
