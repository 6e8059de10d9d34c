import { describe, expect, it } from "vitest";
import { listCalls } from "../../src/ledger/index.ts";
import { databases } from "../../src/testing/databases.ts";
import { errorOf, hello, openStage } from "./gateway-stage.ts";

describe.each(databases)("a body that arrives slowly on $name", ({ open }) => {
  it("is no way to spend with what was revoked meanwhile", async () => {
    const stage = await openStage(open);
    const maya = await stage.appGuest();
    expect((await maya.chat()).status).toBe(200);
    const text = new TextEncoder().encode(JSON.stringify(hello));
    const arrival = Promise.withResolvers<void>();
    let pieces = 0;
    const body = new ReadableStream({
      async pull(sink) {
        if (pieces++ === 0) return sink.enqueue(text.subarray(0, 10));
        await arrival.promise;
        sink.enqueue(text.subarray(10));
        sink.close();
      },
    });
    const headers = { authorization: `Bearer ${maya.bearer}`, "content-type": "application/json" };
    const request = { method: "POST", headers, body, duplex: "half" } as RequestInit;
    const begun = new Promise((resolve) => stage.server.once("request", resolve));
    const answer = fetch(`${stage.origin}/v1/chat/completions`, request);
    await begun;
    await maya.signedIn.revoke();
    await stage.feed.pollOnce();
    arrival.resolve();
    const refused = await answer;
    expect([refused.status, (await errorOf(refused)).code]).toEqual([401, "invalid_token"]);
    expect(stage.upstream.received).toHaveLength(1);
    expect(await listCalls(stage.ctx, { walletId: maya.walletId, limit: 9 })).toHaveLength(1);
    await stage.close();
  });
});
