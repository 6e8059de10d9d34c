/** Where an app waits for its answers: a page that says so, and a list of what came. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Callback {
  /** The redirect URI to register. */
  uri: string;
  /** Every answer that came, oldest first. */
  answers: URL[];
  close(): Promise<void>;
}

export async function openCallback(): Promise<Callback> {
  const answers: URL[] = [];
  const server = createServer(({ url = "/" }, response) => {
    if (url.startsWith("/callback")) answers.push(new URL(url, "http://127.0.0.1"));
    response
      .writeHead(200, { "content-type": "text/html" })
      .end("<!doctype html><title>Back</title><h1>Back at the app</h1>");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`,
    answers,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
