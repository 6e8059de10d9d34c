import { Buffer } from "node:buffer";
import { expect, it } from "vitest";
import { readBasic } from "./basic.ts";

function read(authorization: string) {
  return readBasic(new Request("https://acme.example/idp/token", { headers: { authorization } }));
}

const basic = (text: string, encoding: BufferEncoding = "utf8") =>
  `Basic ${Buffer.from(text, encoding).toString("base64")}`;

it("reads id and secret, each form-encoded", () => {
  expect(read(basic("cid_1:csc_2"))).toEqual({ id: "cid_1", secret: "csc_2" });
  expect(read(basic("a%3Ab:c+d%25:e"))).toEqual({ id: "a:b", secret: "c d%:e" });
  expect(read(basic("id:secret").replace("Basic", "bAsIc"))).toEqual({ id: "id", secret: "secret" });
  expect(read(basic("id:secre").replaceAll("=", ""))).toEqual({ id: "id", secret: "secre" });
  expect(readBasic(new Request("https://acme.example/"))).toBeUndefined();
});

it.each([
  basic("cid_1"),
  basic(""),
  basic(":"),
  basic("cid_1:"),
  basic(":csc_2"),
  basic("cid_1:%"),
  basic("cid_1:%zz"),
  basic("%f:csc_2"),
  basic("cid_1:%ff"),
  basic("cid_1:%00"),
  basic("cid_1:a\0b"),
  basic("cid_1:line\nfeed"),
  basic("c\u00efd:csc_2"),
  basic("cid_1:s\u00e9cret", "latin1"),
  basic("cid_1:%C3%BC"),
  basic("cid_1:\u{1f600}"),
  "Basic",
  "Basic  Y2lkOmNzYw==",
  "Basic Y2lkOmNzYw== x",
  "Basic ****",
  "Basic Y2lk-OmNz",
  `Basic ${"A".repeat(5000)}`,
  "Bearer abc",
  "",
  "\u00ff",
])("[C11] answers 401 to %j, never a failure of ours", (authorization) => {
  expect(() => read(authorization)).toThrow(expect.objectContaining({ code: "invalid_client", status: 401 }));
});
