import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fault } from "../kernel/faults.ts";
import { readForm, readQuery } from "./form.ts";

const formType = "application/x-www-form-urlencoded";

function post(body: string, type: string | null = formType): Request {
  const request = new Request("https://acme.example/idp/token", { method: "POST", body });
  if (type === null) request.headers.delete("content-type");
  else request.headers.set("content-type", type);
  return request;
}

describe("parameters", () => {
  it("are read as URLSearchParams reads them", () => {
    const pairs = fc.dictionary(
      fc.stringMatching(/^[a-z_&=+% é]{1,8}$/),
      fc.string({ unit: "grapheme", minLength: 1 }),
    );
    fc.assert(
      fc.property(pairs, (values) => {
        const wellFormed = Object.entries(values).filter(([, value]) => !value.includes("\0") && value.isWellFormed());
        const form = readQuery(new URLSearchParams(wellFormed).toString());
        for (const [name, value] of wellFormed) expect(form.get(name)).toBe(value);
      }),
    );
  });

  it("without a value count as not sent", () => {
    const form = readQuery("scope=&state&&nonce=n&=x");
    expect(form.get("scope")).toBeUndefined();
    expect(form.get("state")).toBeUndefined();
    expect(form.get("nonce")).toBe("n");
    expect(form.get("other")).toBeUndefined();
    expect(form.get("__proto__")).toBeUndefined();
    expect(form.all("scope")).toEqual([]);
  });

  it.each(["redirect_uri", "client_id", "scope", "state", "anything"])(
    "sent twice are refused, neither value wins: %s",
    async (name) => {
      for (const text of [
        `${name}=a&${name}=b`,
        `${name}=a&x=1&${name}=a`,
        `${name}=&${name}=`,
        `${name}&%${hex(name[0]!)}${name.slice(1)}=a`,
      ]) {
        expect(() => readQuery(text), text).toThrow("more than once");
        await expect(readForm(post(text)), text).rejects.toMatchObject({ code: "invalid_request", status: 400 });
      }
    },
  );

  it("may be repeated where a form says so", async () => {
    const form = await readForm(post("scope=openid&scope=&scope=email&csrf=x"), { repeatable: ["scope"] });
    expect(form.all("scope")).toEqual(["openid", "email"]);
    expect(() => readQuery("scope=a&scope=b&csrf=x&csrf=y", ["scope"])).toThrow("more than once");
  });

  it.each([
    "a=%",
    "a=%4",
    "a=%zz",
    "%=a",
    "a=%ff",
    "a=%C3",
    "a=%C3%28",
    "a=%ED%A0%80",
    "a=%00",
    "a=b%00c",
    "a=\0",
    "a=%u0041",
  ])("that are broken are refused, never a failure of ours: %j", (text) => {
    expect(() => readQuery(text)).toThrow(Fault);
    expect(() => readQuery(text)).toThrow("percent-encoded");
  });

  it("never make anything but a form or a Fault of whatever is sent", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-c=&%+0-9A-F]{0,30}$/)), (text) => {
        try {
          expect(readQuery(text).get("a")).not.toBe("");
        } catch (error) {
          expect(error).toMatchObject({ code: "invalid_request" });
        }
      }),
    );
  });
});

describe("a form", () => {
  it("may name its charset", async () => {
    const form = await readForm(post("code=x+y%21", "Application/X-WWW-Form-URLEncoded; charset=UTF-8"));
    expect(form.get("code")).toBe("x y!");
  });

  it.each(["application/json", "text/plain", "multipart/form-data; boundary=x", "", null])(
    "of type %j is refused",
    async (type) => {
      const body = type === "application/json" ? '{"grant_type":"authorization_code"}' : "grant_type=x";
      await expect(readForm(post(body, type))).rejects.toMatchObject({ code: "invalid_request", status: 400 });
    },
  );

  it("has 64 KiB at most", async () => {
    expect((await readForm(post(`a=${"x".repeat(65_534)}`))).get("a")).toHaveLength(65_534);
    await expect(readForm(post(`a=${"x".repeat(65_535)}`))).rejects.toMatchObject({ status: 413 });
    await expect(readForm(post("a=12345"), { maxBytes: 6 })).rejects.toMatchObject({ status: 413 });
  });
});

function hex(character: string): string {
  return character.charCodeAt(0).toString(16);
}
