import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { fetchWithReceipt } from "./receipts.ts";

/** A server that answers once with these pieces, each sent by itself. */
async function answering(headers: Record<string, string>, pieces: string[]) {
  const server = createServer(async (_, response) => {
    response.writeHead(200, headers);
    for (const piece of pieces) await new Promise((sent) => response.write(piece, sent));
    response.end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}

async function readCosts(headers: Record<string, string>, pieces: string[]) {
  const server = await answering(headers, pieces);
  const costs: number[] = [];
  try {
    const text = await (await fetchWithReceipt((cost) => costs.push(cost))(server.url)).text();
    return { costs, text };
  } finally {
    server.close();
  }
}

const eventStream = { "content-type": "text/event-stream" };

describe("fetchWithReceipt", () => {
  it("reads the comment of a stream, also when it arrives in pieces, and passes every byte on", async () => {
    const pieces = ['data: {"a":1}\n\n: cost_mi', "cros=44", "1\n\ndata: [DONE]\n\n"];
    expect(await readCosts(eventStream, pieces)).toEqual({ costs: [441], text: pieces.join("") });
  });

  it("reads the header of a whole answer", async () => {
    const headers = { "content-type": "application/json", "x-innkeeper-cost-micros": "7726" };
    expect(await readCosts(headers, ["{}"])).toEqual({ costs: [7726], text: "{}" });
  });

  it("does not take a story that speaks of prices for a receipt", async () => {
    const pieces = [`data: ${JSON.stringify({ content: "\n: cost_micros=1\n" })}\n\n`, "data: [DONE]\n\n"];
    expect((await readCosts(eventStream, pieces)).costs).toEqual([]);
  });
});
