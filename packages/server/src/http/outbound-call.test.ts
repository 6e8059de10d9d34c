import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hooksExample } from "../testing/certificate.ts";
import { call } from "./outbound-call.ts";

const secure = createHttpsServer(hooksExample, (request, response) => response.end(`host ${request.headers.host}`));
const plain = createHttpServer((request, response) => response.end(`host ${request.headers.host}`));
const usual = getCACertificates("default");
const portOf = (server: Server) => (server.address() as AddressInfo).port;

beforeAll(async () => {
  await Promise.all([secure, plain].map((server) => once(server.listen(0, "127.0.0.1"), "listening")));
});
afterAll(() => {
  setDefaultCACertificates(usual);
  for (const server of [secure, plain]) server.close();
});

async function get(url: string, addresses: string[]): Promise<string> {
  const request = { method: "GET", maxBytes: 1000, timeoutMs: 1000 } as const;
  const answer = await call(new URL(url), addresses, request, AbortSignal.timeout(1000));
  return new TextDecoder().decode(answer.body);
}

describe("a judged address", () => {
  it("[L01] is where the connection goes, whatever the name would answer now", async () => {
    // Nobody answers for this name, so only the judged address can have been called.
    const port = portOf(plain);
    expect(await get(`http://rebinding.invalid:${port}/`, ["127.0.0.1"])).toBe(`host rebinding.invalid:${port}`);
    await expect(get(`http://localhost:${port}/`, ["127.0.0.2"])).rejects.toMatchObject({ why: "failed" });
  });

  it("[L11] still has to show a certificate of that name, from an authority that is known", async () => {
    const port = portOf(secure);
    await expect(get(`https://hooks.example:${port}/`, ["127.0.0.1"])).rejects.toMatchObject({
      message: "The connection failed: DEPTH_ZERO_SELF_SIGNED_CERT.",
    });
    setDefaultCACertificates([...usual, hooksExample.cert]);
    expect(await get(`https://hooks.example:${port}/`, ["127.0.0.1"])).toBe(`host hooks.example:${port}`);
    await expect(get(`https://other.example:${port}/`, ["127.0.0.1"])).rejects.toMatchObject({
      message: "The connection failed: ERR_TLS_CERT_ALTNAME_INVALID.",
    });
  });
});
