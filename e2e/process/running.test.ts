import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPlace, type Place } from "../platform/place.ts";
import { inputTokens, openUpstream, type Upstream, words } from "../platform/upstream.ts";

let upstream: Upstream;
let place: Place;
let key: string;

beforeAll(async () => {
  upstream = await openUpstream();
  const { baseUrl, apiKey } = upstream;
  const prices = { input: "1.00", output: "2.00" };
  place = await openPlace({
    file: {
      upstreams: { main: { baseUrl, apiKey } },
      models: { "test-model": { upstream: "main", upstreamModel: "test-model", prices, maxOutputTokens: 100 } },
    },
  });
  const user = ["--username", "maya", "--email", "maya@fennick.example", "--password", "tulips in the attic 4"];
  await place.command("users", "create", ...user, "--credit", "5.00");
  key = String((await place.command("keys", "create", "--user", "maya")).key);
});

afterAll(async () => {
  await place.close();
  await upstream.close();
});

const ask = (more: object = {}) =>
  fetch(`${place.issuer}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ model: "test-model", messages: [{ role: "user", content: "Hello" }], ...more }),
  });

describe("innkeeper start", () => {
  it("says in one line of JSON that it is ready, and is", async () => {
    const server = await place.start();
    const { issuer, port } = place;
    expect(server.ready).toEqual({ ready: true, issuer, pid: server.pid, port });
    expect(server.said().trim().split("\n")).toHaveLength(1);
    expect(await (await fetch(`${issuer}/healthz`)).json()).toEqual({ status: "alive" });
    expect(await (await fetch(`${issuer}/readyz`)).json()).toEqual({ status: "ready", issuer });
    server.signal("SIGTERM");
    expect(await server.ended).toMatchObject({ code: 0, signal: null, stderr: "" });
  });

  it("keeps the secret that it made, and the whole folder, from everybody else", async () => {
    const data = join(place.folder, "data");
    expect((await stat(join(data, "secret"))).mode & 0o777).toBe(0o600);
    expect((await stat(data)).mode & 0o777).toBe(0o700);
    expect(await readdir(data)).toContain("innkeeper.sqlite");
  });

  it("[R65] lets a stream end after SIGTERM, takes no new connection meanwhile, and exits with 0", async () => {
    const server = await place.start();
    const paused = upstream.pause();
    const response = await ask({ stream: true });
    expect(response.status).toBe(200);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = (await reader.read()).value ?? "";
    await paused;
    server.signal("SIGTERM");
    await expect
      .poll(() => fetch(`${place.issuer}/healthz`, { headers: { connection: "close" } }).catch(() => "refused"))
      .toBe("refused");
    upstream.goOn();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) text += piece.value;

    const said = [...text.matchAll(/"content":"([^"]*)"/g)].map(([, word]) => word);
    expect(said).toEqual(words);
    // 11 tokens at $1.00 and 7 at $2.00 a million.
    expect(text).toContain(`: cost_micros=${inputTokens + 2 * words.length}\n\ndata: [DONE]\n\n`);
    expect(await server.ended).toMatchObject({ code: 0, signal: null });
    const doctor = await place.command("doctor");
    expect(doctor).toMatchObject({ ok: true });
  });

  it("[R65] exits with 0 on SIGINT too, with an idle connection open", async () => {
    const server = await place.start();
    expect((await fetch(`${place.issuer}/healthz`, { keepalive: true })).status).toBe(200);
    server.signal("SIGINT");
    expect(await server.ended).toMatchObject({ code: 0, signal: null });
  });
});
