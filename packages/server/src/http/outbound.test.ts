import { Buffer } from "node:buffer";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../config/read-config.ts";
import { createOutbound, type Outbound } from "./outbound.ts";
import type { OutboundRequest } from "./outbound-call.ts";
import { OutboundFailure, type OutboundWhy } from "./outbound-failure.ts";

const get: OutboundRequest = { method: "GET", maxBytes: 1000, timeoutMs: 1000 };

let play: (request: IncomingMessage, response: ServerResponse) => void;
const received: IncomingMessage[] = [];
let connections = 0;
const server = createServer((request, response) => {
  received.push(request);
  play(request, response);
});
server.on("connection", () => {
  connections += 1;
});
let origin: string;
let port: number;

beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  port = (server.address() as AddressInfo).port;
  origin = `http://127.0.0.1:${port}`;
});
afterEach(() => {
  received.length = 0;
  connections = 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** What a name server says, by name; and how often it was asked. */
function named(names: Record<string, string[]>) {
  const asked: string[] = [];
  const addresses = async (host: string) => {
    asked.push(host);
    return names[host] ?? [];
  };
  return { asked, resolver: { addresses, texts: async () => [] } };
}

async function failure(outbound: Outbound, url: string, request: Partial<OutboundRequest> = {}) {
  const begun = performance.now();
  const error = await outbound.fetch(url, { ...get, ...request }).then(
    () => expect.unreachable("there was an answer"),
    (error: unknown) => error as OutboundFailure,
  );
  expect(error).toBeInstanceOf(OutboundFailure);
  return { why: error.why satisfies OutboundWhy, message: error.message, ms: performance.now() - begun };
}

describe("a call to an origin that the operator allows", () => {
  let outbound: Outbound;
  beforeAll(() => {
    outbound = createOutbound({ allowOrigins: [origin] });
  });

  it("carries what the caller says, and brings back what was answered", async () => {
    play = async (request, response) => {
      let text = "";
      for await (const piece of request) text += piece;
      response.writeHead(201, { "content-type": "text/plain" }).end(`heard ${text}`);
    };
    const headers = { "content-type": "application/json" };
    const answer = await outbound.fetch(`${origin}/hook?a=1`, { ...get, method: "POST", headers, body: "{}" });
    expect(answer.status).toBe(201);
    expect(answer.headers["content-type"]).toBe("text/plain");
    expect(Buffer.from(answer.body).toString()).toBe("heard {}");
    expect(received[0]).toMatchObject({ method: "POST", url: "/hook?a=1" });
  });

  it("[L11] says who calls, and carries neither cookie nor credentials, also after one was set", async () => {
    play = (_, response) => response.setHeader("set-cookie", "a=b; Path=/").end("ok");
    await outbound.fetch(`${origin}/`, get);
    await outbound.fetch(`${origin}/`, get);
    for (const { method, rawHeaders } of received) {
      expect(method).toBe("GET");
      expect(rawHeaders.map((text) => text.toLowerCase())).toEqual([
        "host",
        `127.0.0.1:${port}`,
        "connection",
        "keep-alive",
        "user-agent",
        "innkeeper",
        "accept-encoding",
        "identity",
      ]);
    }
  });

  it.each([301, 302, 303, 307, 308])("[L04] follows no redirect: %d is an answer like any other", async (status) => {
    play = (_, response) => response.writeHead(status, { location: `${origin}/inner` }).end();
    expect((await outbound.fetch(`${origin}/`, get)).status).toBe(status);
    expect(received).toHaveLength(1);
  });

  it("[L05] gives up an answer that is too large, however it is sent", async () => {
    play = (_, response) => response.writeHead(200, { "content-length": "1001" }).end("x".repeat(1001));
    expect(await failure(outbound, `${origin}/`)).toMatchObject({ why: "too_large" });
    play = (_, response) => {
      const pour = () => {
        while (!response.destroyed && response.write("x".repeat(100)));
      };
      response.on("drain", pour);
      pour();
    };
    expect(await failure(outbound, `${origin}/`)).toMatchObject({ why: "too_large" });
    play = (_, response) => response.end("x".repeat(1000));
    expect((await outbound.fetch(`${origin}/`, get)).body).toHaveLength(1000);
  });

  it("[L05] gives up an answer that drips, and one that never begins", async () => {
    play = (_, response) => {
      const drip = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(drip));
    };
    const dripping = await failure(outbound, `${origin}/`, { timeoutMs: 300 });
    expect(dripping).toMatchObject({ why: "timeout", message: "No complete answer within 0.3 seconds." });
    expect(dripping.ms).toBeLessThan(600);
    play = () => {};
    expect(await failure(outbound, `${origin}/`, { timeoutMs: 300 })).toMatchObject({ why: "timeout" });
  });

  it("[L05] decompresses nothing", async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000)).subarray(0, 900);
    play = (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    expect(await failure(outbound, `${origin}/`)).toMatchObject({ why: "encoded" });
  });

  it("needs no body to end where the status is enough", async () => {
    play = (_, response) => response.writeHead(204).flushHeaders();
    expect(await outbound.fetch(`${origin}/`, { ...get, maxBytes: 0 })).toMatchObject({ status: 204 });
    play = (_, response) => void response.writeHead(200).write("and so on");
    expect(await outbound.fetch(`${origin}/`, { ...get, maxBytes: 0 })).toMatchObject({ status: 200 });
  });

  it("tells what went wrong with the connection by its code", async () => {
    play = (_, response) => response.socket!.destroy();
    expect(await failure(outbound, `${origin}/`)).toMatchObject({
      why: "failed",
      message: "The connection failed: UND_ERR_SOCKET.",
    });
  });

  it("allows exactly that origin", async () => {
    expect(await failure(outbound, `http://localhost:${port}/`)).toMatchObject({ why: "not_allowed" });
    expect(await failure(outbound, `https://127.0.0.1:${port}/`)).toMatchObject({ why: "not_allowed" });
    expect(await failure(outbound, `http://user@127.0.0.1:${port}/`)).toMatchObject({ why: "not_allowed" });
    expect(connections).toBe(0);
  });
});

describe("a call to anywhere else", () => {
  it("[L14] has no exception unless the operator makes one", () => {
    const config = readConfig({
      issuer: "https://id.acme.example",
      secrets: ["a secret of the tests, long enough for all"],
      file: {},
    });
    expect(config.outbound.allowOrigins).toEqual([]);
  });

  it.each([
    "http://hooks.example/",
    "https://hooks.example:8443/",
    "https://maya:secret@hooks.example/",
    "https://maya@hooks.example/",
    "ftp://hooks.example/",
    "file:///etc/passwd",
    "https:/\\hooks.example/",
    "hooks.example",
  ])("[L11] is not made to %s", async (url) => {
    const { asked, resolver } = named({ "hooks.example": ["127.0.0.1"] });
    expect(await failure(createOutbound({ allowOrigins: [], resolver }), url)).toMatchObject({ why: "not_allowed" });
    expect(asked).toEqual([]);
  });

  it.each([
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://169.254.169.254/latest/meta-data/",
    "https://10.0.0.1/",
    "https://0/",
  ])("[L01] is not made to %s", async (url) => {
    const { asked, resolver } = named({});
    expect(await failure(createOutbound({ allowOrigins: [], resolver }), url)).toMatchObject({ why: "unreachable" });
    expect(asked).toEqual([]);
  });

  it("[L01] is not made when any address of the name is an inner one, nor when there is none", async () => {
    const { resolver } = named({
      "inner.example": ["127.0.0.1"],
      "both.example": ["93.184.215.14", "10.0.0.1"],
      "six.example": ["2606:4700:4700::1111", "::1"],
    });
    const outbound = createOutbound({ allowOrigins: [], resolver });
    for (const name of ["inner", "both", "six", "none"]) {
      expect(await failure(outbound, `https://${name}.example/`)).toMatchObject({ why: "unreachable" });
    }
    expect(connections).toBe(0);
  });

  it("gives up a name server that does not answer", async () => {
    const resolver = { addresses: () => new Promise<string[]>(() => {}), texts: async () => [] };
    const slow = await failure(createOutbound({ allowOrigins: [], resolver }), "https://slow.example/", {
      timeoutMs: 200,
    });
    expect(slow).toMatchObject({ why: "timeout" });
  });

  it("[L12] says the same of open, closed and silent inner ports and of no such name, within 50 ms of each other", async () => {
    const silent = createTcpServer(() => {});
    await once(silent.listen(0, "127.0.0.1"), "listening");
    const { resolver } = named({ "open.example": ["127.0.0.1"], "closed.example": ["127.0.0.2"] });
    const outbound = createOutbound({ allowOrigins: [], resolver });
    await failure(outbound, "https://127.0.0.1/");
    const addresses = [
      "https://open.example/",
      "https://closed.example/",
      "https://10.255.255.1/",
      "https://no.example/",
    ];
    const failures = [];
    for (const address of addresses) failures.push(await failure(outbound, address));
    expect(new Set(failures.map(({ message }) => message)).size).toBe(1);
    const times = failures.map(({ ms }) => ms);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(50);
    // Another port is refused by its number alone, whatever listens there.
    const ports = [(silent.address() as AddressInfo).port, port, 1];
    const byPort = [];
    for (const other of ports) byPort.push(await failure(outbound, `https://127.0.0.1:${other}/`));
    expect(new Set(byPort.map(({ message }) => message)).size).toBe(1);
    expect(connections).toBe(0);
    silent.close();
  });
});
