import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { closingPage } from "./closing-page.ts";

/** An answer that a browser brought, and the page that the person sees for it. */
export interface Arrival {
  parameters: URLSearchParams;
  /** Shows the page and is done when the browser has it. */
  reply(page: { title: string; sentence: string; status?: number }): Promise<void>;
}

export interface LoopbackListener {
  redirectUri: string;
  /** The first answer that carries this state; whatever else arrives gets a page and changes nothing. */
  arrival: Promise<Arrival>;
  close(): void;
}

/** RFC 8252 7.3: an address that nobody but this machine reaches, at whatever port is free. */
export async function openLoopback(state: string): Promise<LoopbackListener> {
  const arrived = Promise.withResolvers<Arrival>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    if (request.method !== "GET" || url.pathname !== "/callback") return void response.writeHead(404).end();
    if (url.searchParams.get("state") !== state || hasTwice(url.searchParams)) {
      return void show(response, "Not this sign-in", "This answer belongs to another sign-in.", 400);
    }
    arrived.resolve({
      parameters: url.searchParams,
      reply: ({ title, sentence, status = 200 }) => show(response, title, sentence, status),
    });
  });
  const host = await listen(server);
  return {
    redirectUri: `http://${host}:${(server.address() as AddressInfo).port}/callback`,
    arrival: arrived.promise,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A machine may speak one of both only. */
async function listen(server: Server): Promise<string> {
  for (const [host, written] of [
    ["127.0.0.1", "127.0.0.1"],
    ["::1", "[::1]"],
  ] as const) {
    const listening = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(0, host, () => resolve(true));
    });
    if (listening) return written;
  }
  throw new Error("Nothing can listen on this computer's own address. Use --device.");
}

function hasTwice(parameters: URLSearchParams): boolean {
  return new Set(parameters.keys()).size !== parameters.size;
}

function show(response: ServerResponse, title: string, sentence: string, status: number): Promise<void> {
  const { markup, headers } = closingPage(title, sentence);
  return new Promise((shown) => response.writeHead(status, headers).end(markup, () => shown()));
}
