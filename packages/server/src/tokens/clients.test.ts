import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTokenHouse, signIn, type TokenHouse } from "../../test/token-house.ts";
import { deactivateApp } from "../apps/index.ts";
import { inTx } from "../context.ts";
import { query } from "../store/index.ts";
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

  it("never outlives a secret by more than a minute", async () => {
    const { app, proof } = await signIn(house);
    const ask = () => house.post("/idp/token/introspect", { token: "x", ...proof });
    expect((await ask()).status).toBe(200);
    await inTx(house.ctx, (ctx) =>
      query(ctx, (db) =>
        db
          .updateTable("app_secrets")
          .set({ expires_at: house.clock.now() + 1 })
          .where("app_id", "=", app.id)
          .returning("hash"),
      ),
    );
    house.clock.advance(60_000);
    await house.feed.pollOnce();
    expect((await ask()).json.error).toBe("invalid_client");
  });
});
