import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { send, Unreachable } from "./send.ts";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function platform(listener: RequestListener): Promise<string> {
  const opened = createServer(listener);
  server = opened;
  await new Promise<void>((listening) => opened.listen(0, "127.0.0.1", listening));
  return `http://127.0.0.1:${(opened.address() as AddressInfo).port}`;
}

describe("an answer of a platform", () => {
  it("is read whole, whatever pieces it comes in", async () => {
    const whole = Buffer.from('{"name":"Zürich"}');
    // Within the two bytes of the umlaut.
    const [first, second] = [whole.subarray(0, 11), whole.subarray(11)];
    const origin = await platform((_request, response) => {
      response.write(first);
      setImmediate(() => response.end(second));
    });
    expect(await send(origin)).toEqual({ status: 200, body: { name: "Zürich" } });
  });

  it("without end is given up, and little of it is read", async () => {
    let sent = 0;
    const piece = Buffer.alloc(1_048_576, " ");
    const origin = await platform((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(piece)) sent += 1;
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    });
    const failure = send(origin);
    await expect(failure).rejects.toThrow(Unreachable);
    await expect(failure).rejects.toThrow(`${origin} cannot be reached (an answer of more than 16 MiB).`);
    expect(sent).toBeLessThan(64);
  });

  it("that leads elsewhere is not followed", async () => {
    const seen: string[] = [];
    const origin = await platform((request, response) => {
      seen.push(request.url ?? "");
      response.writeHead(307, { location: "/elsewhere" }).end();
    });
    expect((await send(`${origin}/a`, { headers: { authorization: "Bearer secret" } })).status).toBe(307);
    expect(seen).toEqual(["/a"]);
  });
});
