import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTokenHouse, signIn, type TokenHouse } from "../../test/token-house.ts";
import { deactivateApp, rotateSecret } from "../apps/index.ts";
import { inTx } from "../context.ts";
import { databases } from "../testing/databases.ts";

describe.each(databases)("what is remembered of clients on $name", ({ open }) => {
  let house: TokenHouse;

  beforeAll(async () => {
    house = await openTokenHouse(open);
    await house.feed.pollOnce();
  });
  afterAll(() => house.close());

  it("answers at once, until the app changes", async () => {
    const { app } = await signIn(house);
    const { clients } = house.tokens;
    expect(clients.recall(app.clientId)).toBeUndefined();
    expect(await clients.read(app.clientId)).toMatchObject({ app: { id: app.id } });
    expect(clients.recall(app.clientId)).toMatchObject({ app: { id: app.id }, secretHashes: [expect.any(String)] });
    await inTx(house.ctx, (ctx) => deactivateApp(ctx, app.id, "system"));
    expect(clients.recall(app.clientId)).toBeUndefined();
  });

  it("[N02] never outlives a secret, however short a while ago it was good", async () => {
    const { app, proof } = await signIn(house);
    const ask = () => house.post("/idp/token/introspect", { token: "x", ...proof });
    const rotated = await inTx(house.ctx, (tx) => rotateSecret(tx, app, { actorId: "system", overlapSeconds: 60 }));
    house.clock.advance(59_999);
    await house.feed.pollOnce();
    expect((await ask()).status).toBe(200);
    expect(house.tokens.clients.recall(app.clientId)?.secretHashes).toHaveLength(2);
    house.clock.advance(1);
    expect((await ask()).json.error).toBe("invalid_client");
    if (!rotated.ok) throw new Error(rotated.why);
    const successor = { client_id: app.clientId, client_secret: rotated.clientSecret };
    expect((await house.post("/idp/token/introspect", { token: "x", ...successor })).status).toBe(200);
  });
});
