import { expect, it } from "vitest";
import { isEmptyBody, readBody } from "./body.ts";

function post(body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request("https://acme.example/", { method: "POST", body, headers, duplex: "half" } as RequestInit);
}

function chunked(chunk: Uint8Array<ArrayBuffer>, count: number) {
  let pulled = 0;
  const stream = new ReadableStream({
    pull(controller) {
      pulled += 1;
      if (pulled > count) controller.close();
      else controller.enqueue(chunk);
    },
  });
  return { stream, pulled: () => pulled };
}

it("reads up to the limit, with and without a length", async () => {
  const text = "ü".repeat(512);
  expect(await readBody(post(text), 1024)).toBe(text);
  expect(await readBody(post(text, { "content-length": "1024" }), 1024)).toBe(text);
  expect(await readBody(post(chunked(new TextEncoder().encode("ab"), 3).stream), 6)).toBe("ababab");
  expect(await readBody(new Request("https://acme.example/", { method: "POST" }), 10)).toBe("");
});

it("refuses one byte more, whatever the length claims", async () => {
  const claims: Record<string, string>[] = [{}, { "content-length": "1025" }, { "content-length": "3" }];
  for (const headers of claims) {
    const refusal = readBody(post("x".repeat(1025), headers), 1024);
    await expect(refusal).rejects.toMatchObject({ code: "payload_too_large", status: 413 });
  }
});

it("stops reading an endless chunked body at the limit", async () => {
  const { stream, pulled } = chunked(new Uint8Array(1000), Number.POSITIVE_INFINITY);
  await expect(readBody(post(stream), 65_536)).rejects.toMatchObject({ code: "payload_too_large" });
  expect(pulled()).toBeLessThan(70);
});

it("refuses what is no UTF-8 and what breaks off", async () => {
  const broken = new Uint8Array([0x61, 0xff, 0xfe]);
  await expect(readBody(post(broken), 10)).rejects.toMatchObject({ code: "invalid_request" });
  const aborted = new ReadableStream({ pull: (controller) => controller.error(new Error("reset")) });
  await expect(readBody(post(aborted), 10)).rejects.toMatchObject({ code: "invalid_request", status: 400 });
  const lengthy = new ReadableStream({ pull: (controller) => controller.error(new Error("reset")) });
  const declared = post(lengthy, { "content-length": "5" });
  await expect(readBody(declared, 10)).rejects.toMatchObject({ code: "invalid_request", status: 400 });
});

it("tells an empty body from one with a byte in it, and from one that breaks off", async () => {
  const nothing = new Request("https://acme.example/", { method: "POST" });
  for (const request of [
    nothing,
    post(""),
    post(chunked(new Uint8Array(0), 2).stream),
    post("", { "content-length": "0" }),
  ])
    expect(await isEmptyBody(request)).toBe(true);
  const endless = chunked(new Uint8Array(1), Number.POSITIVE_INFINITY);
  for (const request of [post("x"), post("x", { "content-length": "1" }), post(endless.stream)])
    expect(await isEmptyBody(request)).toBe(false);
  expect(endless.pulled()).toBeLessThan(5);
  const aborted = new ReadableStream({ pull: (controller) => controller.error(new Error("reset")) });
  await expect(isEmptyBody(post(aborted))).rejects.toMatchObject({ code: "invalid_request" });
});
