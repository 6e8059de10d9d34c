import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Innkeeper } from "@innkeeper/server";
import { CommandFault } from "./answer.ts";

const drainMs = 30_000;

export interface Listener {
  port: number;
  /** No new connections; waits for what is under way, 30 seconds at most. */
  close(): Promise<void>;
}

/** @throws CommandFault with what to do when this machine gives no such place. */
export async function listen(innkeeper: Innkeeper, host: string, port: number): Promise<Listener> {
  const server = createAdaptorServer({
    fetch: (request, { incoming }) =>
      innkeeper.fetch(request, { peer: incoming.socket.remoteAddress ?? "", target: incoming.url }),
  }) as Server;
  server.requestTimeout = 60_000;
  server.headersTimeout = 15_000;
  server.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(new CommandFault(adviceOn(error, host, port))));
    server.listen(port, host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => drain(server) };
}

function adviceOn({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  switch (code) {
    case "EADDRINUSE": {
      const other = port + 1000 < 65_536 ? port + 1000 : port - 1000;
      return `Port ${port} on ${host} is taken. Choose another one: PORT=${other}, or --port ${other}.`;
    }
    case "EACCES":
      return `Port ${port} on ${host} is for privileged programs only. Choose one above 1023: PORT=8420, or --port 8420.`;
    case "EADDRNOTAVAIL":
    case "EAFNOSUPPORT":
    case "EAI_AGAIN":
    case "EINVAL":
    case "ENOTFOUND":
      return `This machine has no address ${host}. Choose HOST=127.0.0.1 for this machine alone, or HOST=0.0.0.0 for every network it is in.`;
    default:
      return `Nobody can listen on ${host}, port ${port}: ${message}`;
  }
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
