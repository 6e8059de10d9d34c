/** A plain streaming proxy by the same means as the gateway, and nothing more. Argument: the upstream's origin. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { Agent } from "undici";

const [origin] = process.argv.slice(2) as [string];
const agent = new Agent();

async function forward(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const body = await request.text();
  return new Promise((resolve, reject) => {
    let client: ReadableStreamDefaultController<Uint8Array>;
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        client = controller;
      },
    });
    agent.dispatch(
      { origin, path: pathname, method: "POST", body, headers: { "content-type": "application/json" } },
      {
        onRequestStart() {},
        onResponseStart(_, status, headers) {
          resolve(new Response(stream, { status, headers: { "content-type": String(headers["content-type"]) } }));
        },
        onResponseData: (_, piece) => client.enqueue(piece),
        onResponseEnd: () => client.close(),
        onResponseError: (_, error) => reject(error),
      },
    );
  });
}

const server = createAdaptorServer({ fetch: forward }) as Server;
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ ready: true, port })}\n`);
});
