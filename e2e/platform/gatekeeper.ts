/** Stands at the address of the issuer, in front of the server, and sees who comes. */
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export interface Gatekeeper {
  /** Method and path of every request, in the order in which they came. */
  seen: string[];
  close(): Promise<void>;
}

/** @param port of the issuer @param behind the port where the server really listens */
export async function openGatekeeper(port: number, behind: number): Promise<Gatekeeper> {
  const seen: string[] = [];
  const server = createServer((incoming, outgoing) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    const { method, url: path, headers } = incoming;
    const onward = request({ host: "127.0.0.1", port: behind, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await listening(server, port);
  return {
    seen,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** A program that answers every request with what `answer` makes of its path and the program's own origin. */
export async function openImpostor(
  answer: (path: string, origin: string) => { status?: number; headers?: Record<string, string>; body?: object },
): Promise<{ origin: string; seen: string[]; close(): Promise<void> }> {
  const seen: string[] = [];
  const server = createServer((incoming, outgoing) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    incoming.resume();
    const { status = 200, headers = {}, body } = answer(incoming.url ?? "", origin);
    outgoing.writeHead(status, { "content-type": "application/json", ...headers }).end(body && JSON.stringify(body));
  });
  await listening(server, 0);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    seen,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function listening(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}
