import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Innkeeper } from "@innkeeper/server";

const drainMs = 30_000;

export interface Listener {
  port: number;
  /** No new connections; waits for what is under way, 30 seconds at most. */
  close(): Promise<void>;
}

export async function listen(innkeeper: Innkeeper, host: string, port: number): Promise<Listener> {
  const server = createAdaptorServer({
    fetch: (request, { incoming }) =>
      innkeeper.fetch(request, { peer: incoming.socket.remoteAddress ?? "", target: incoming.url }),
  }) as Server;
  server.requestTimeout = 60_000;
  server.headersTimeout = 15_000;
  server.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => drain(server) };
}

async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const impatience = setTimeout(() => server.closeAllConnections(), drainMs);
  // Connections become idle one after another; node:http does not close them by itself.
  const tidying = setInterval(() => server.closeIdleConnections(), 100);
  await closed;
  clearTimeout(impatience);
  clearInterval(tidying);
}
