import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTx } from "../context.ts";
import { queueWebhook } from "../events/index.ts";
import { createOutbound } from "../http/outbound.ts";
import { openSeals } from "../keys/index.ts";
import { manualClock } from "../testing/clock.ts";
import { databases } from "../testing/databases.ts";
import { openCtx } from "../testing/open-ctx.ts";
import { appMetadata, createApp, createCourier, rotateWebhookSecret } from "./index.ts";

const clock = manualClock();
const told: string[] = [];
/** Slow ones take their time by the clock of the test. */
const server = createServer((request, response) => {
  told.push(request.url ?? "");
  if (request.url?.startsWith("/slow")) clock.advance(14_000);
  response.end();
});

beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
});
afterAll(() => void server.close());

describe.each(databases)("bringing webhooks on $name", ({ open }) => {
  it("lets nobody wait long for apps that take their time, however much there is to tell them", async () => {
    const opened = await openCtx(open, { clock });
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ctx = { ...opened.ctx, outbound: createOutbound({ allowOrigins: [origin] }) };
    const { lasting } = await openSeals(ctx);

    async function addApp(name: string, events: number): Promise<void> {
      const wanted = { name, redirect_uris: ["https://a.example/callback"] };
      const metadata = { ...appMetadata(["openid"]).parse(wanted), webhookUrl: `${origin}/${name}` };
      await inTx(ctx, async (tx) => {
        const made = await createApp(tx, "usr_kit", metadata);
        if (!made.ok) throw new Error(made.why);
        await rotateWebhookSecret(tx, lasting, { appId: made.app.id, actorId: "usr_kit", overlapSeconds: 0 });
        const event = { appId: made.app.id, type: "webhook.test", data: {} } as const;
        for (let count = 0; count < events; count++) await queueWebhook(tx, event);
      });
    }

    told.length = 0;
    // As many as are visited at once, each with more than one visit is for.
    for (let count = 0; count < 16; count++) await addApp(`slow-${count}`, 60);
    await addApp("victim", 1);
    const courier = createCourier(ctx, lasting);
    for (let round = 0; round < 2; round++) {
      await courier.begin();
      await courier.idle();
    }
    expect(told).toContain("/victim");
    expect(told.filter((path) => path === "/slow-0").length).toBeLessThanOrEqual(4);
    await opened.close();
  });
});
