import { describe, expect, it } from "vitest";
import { systemClock } from "../kernel/clock.ts";
import { systemRandom } from "../kernel/random.ts";
import { createSealer } from "../kernel/seal.ts";
import { createCsrf, type FormOwner } from "./csrf.ts";
import { readQuery } from "./form.ts";

const issuer = "https://acme.example";
const random = systemRandom(systemClock);
const csrf = createCsrf({ issuer, sealer: createSealer({ secrets: ["s".repeat(32)], issuer, epoch: "1", random }) });
const owner: FormOwner = { purpose: "cap", binding: "session-1" };

function submit(token: string | undefined, headers: Record<string, string> = {}, to = owner) {
  const request = new Request(`${issuer}/account/limit`, { method: "POST", headers });
  csrf.check(request, readQuery(token === undefined ? "" : `csrf=${encodeURIComponent(token)}`), to);
}

const refused = expect.objectContaining({ code: "forbidden", status: 403 });

describe("a form", () => {
  it("passes with the token it was shown with", () => {
    const token = csrf.token(owner);
    for (const headers of [
      {},
      { "sec-fetch-site": "same-origin", origin: "null" },
      { "sec-fetch-site": "same-origin", origin: "http://127.0.0.1:8420" },
      { "sec-fetch-site": "none" },
      { origin: issuer },
      { origin: "null" },
    ]) {
      expect(() => submit(token, headers as Record<string, string>), JSON.stringify(headers)).not.toThrow();
    }
  });

  it("is refused without a token, or with a broken one", () => {
    const token = csrf.token(owner);
    for (const wrong of [undefined, "", "x", token.slice(1), `${token}A`, token.toLowerCase()]) {
      expect(() => submit(wrong)).toThrow(refused);
    }
  });

  it("is refused with the token of another session, browser or form", () => {
    expect(() => submit(csrf.token({ ...owner, binding: "session-2" }))).toThrow(refused);
    expect(() => submit(csrf.token({ ...owner, binding: "" }))).toThrow(refused);
    expect(() => submit(csrf.token({ ...owner, purpose: "revoke" }))).toThrow(refused);
    expect(() => submit(csrf.token(owner), {}, { ...owner, binding: "session-2" })).toThrow(refused);
  });

  it("is refused when it comes from elsewhere, even with the right token", () => {
    const token = csrf.token(owner);
    for (const headers of [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "cross-site", origin: issuer },
      { "sec-fetch-site": "cross-site", origin: "null" },
      { "sec-fetch-site": "anything" },
      { origin: "https://evil.example" },
      { origin: "http://acme.example" },
      { origin: "https://acme.example:8443" },
      { origin: "https://acme.example.evil.example" },
    ]) {
      expect(() => submit(token, headers as Record<string, string>), JSON.stringify(headers)).toThrow(refused);
    }
  });
});
