import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readJson, readJsonText } from "./json.ts";

const schema = z.object({ name: z.string().min(1), redirect_uris: z.array(z.string().max(5)) });

function post(body: string, type = "application/json"): Request {
  return new Request("https://acme.example/idp/apps", { method: "POST", body, headers: { "content-type": type } });
}

describe("a JSON body", () => {
  it("is what the schema makes of it", async () => {
    const body = '{"name":"Chat","redirect_uris":["a"],"unknown":1}';
    expect(await readJson(post(body, "application/json; charset=utf-8"), schema)).toEqual({
      name: "Chat",
      redirect_uris: ["a"],
    });
  });

  it("that fails the schema gives the list of its mistakes, without its values", async () => {
    const refusal = await readJson(post('{"name":"","redirect_uris":["fine","s3cret-value"]}'), schema).catch((e) => e);
    expect(refusal).toMatchObject({ code: "validation_failed", status: 422 });
    expect(refusal.fields.issues).toEqual([
      { loc: ["body", "name"], msg: "must not be empty", type: "too_small" },
      { loc: ["body", "redirect_uris", 1], msg: "must have at most 5 characters", type: "too_big" },
    ]);
    expect(refusal.message).toBe("name: must not be empty; redirect_uris.1: must have at most 5 characters");
    expect(JSON.stringify([refusal.message, refusal.fields])).not.toContain("s3cret");
  });

  it.each(["", "{", "{'a':1}", "undefined", '{"a":1}x', "\ufeffx"])("that is no JSON is refused: %j", async (body) => {
    const refusal = await readJson(post(body), schema).catch((e) => e);
    expect(refusal).toMatchObject({
      code: "invalid_request",
      status: 400,
      message: "The body is not JSON.",
      cause: undefined,
    });
  });

  it.each(["null", "[]", "1", '"text"', "true"])("of another kind fails the schema: %s", async (body) => {
    const refusal = { status: 422, message: "The body: must be an object" };
    await expect(readJson(post(body), schema)).rejects.toMatchObject(refusal);
  });

  it("of another type is 415", async () => {
    for (const type of ["application/x-www-form-urlencoded", "text/plain", "application/jsonp", ""]) {
      await expect(readJson(post("{}", type), schema)).rejects.toMatchObject({ status: 415 });
    }
  });

  it("is limited in size and depth", async () => {
    await expect(readJsonText(post(`"${"x".repeat(100)}"`), { maxBytes: 100 })).rejects.toMatchObject({ status: 413 });
    const nested = (depth: number) => '{"a":['.repeat(depth) + "]}".repeat(depth);
    expect((await readJsonText(post(nested(8)))).text).toBe(nested(8));
    await expect(readJsonText(post(nested(9)))).rejects.toMatchObject({ status: 400 });
    await expect(readJsonText(post("[".repeat(30_000) + "]".repeat(30_000)))).rejects.toMatchObject({ status: 400 });
  });

  it("is limited in values, which cost time, and not in the length of its texts", async () => {
    const large = { maxBytes: 8_388_608 };
    const items = (item: string, count: number) => `[${`${item},`.repeat(count)}${item}]`;
    for (const body of [items("1", 200_001), items('""', 200_001), items("{}", 200_001), items("[]", 200_001)]) {
      await expect(readJsonText(post(body), large)).rejects.toMatchObject({ code: "invalid_request" });
    }
    // Commas and brackets in a text are text, also behind an escaped quote.
    for (const text of ["[{,".repeat(500_000), `a\\"${",".repeat(500_000)}`, '\\",'.repeat(300_000)]) {
      const body = JSON.stringify([text]);
      expect((await readJsonText(post(body), large)).text).toBe(body);
    }
    expect((await readJsonText(post(items("1", 100_000)), large)).value).toHaveLength(100_001);
  });

  it("keeps its text, so that it can be passed on unchanged", async () => {
    const text = '{ "model":"m", "n": 1.0 }';
    expect(await readJsonText(post(text))).toEqual({ text, value: { model: "m", n: 1 } });
  });

  it("has no NUL where it would be stored", async () => {
    const body = JSON.stringify({ name: "a\0b", redirect_uris: [] });
    await expect(readJson(post(body), schema)).rejects.toMatchObject({ code: "invalid_request" });
  });
});
