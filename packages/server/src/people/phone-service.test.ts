import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createOutbound } from "../http/outbound.ts";
import { openPhoneService, type PhoneAnswer, type PhoneService } from "../testing/phone-service.ts";
import { createServiceVerifier } from "./phone-service.ts";

const number = "+4915112345678";
const logged: string[] = [];

let service: PhoneService;
let verifier: ReturnType<typeof createServiceVerifier>;
/** Its patience ends soon, for the answer that never comes. */
let impatient: typeof verifier;
const verifierFor = (answer: PhoneAnswer) => (answer === "hang" ? impatient : verifier);
beforeEach(async () => {
  logged.length = 0;
  service = await openPhoneService();
  const warn = (...told: unknown[]) => void logged.push(JSON.stringify(told));
  const outbound = createOutbound({ allowOrigins: [] });
  const ctx = { outbound, log: { debug: warn, info: warn, warn, error: warn } };
  verifier = createServiceVerifier(ctx, service.phone);
  impatient = createServiceVerifier(ctx, service.phone, { timeoutMs: 300 });
});
afterEach(() => service.close());

const error = (status: number, code: number): PhoneAnswer => ({ status, body: { code, message: number, status } });

describe("the service that verifies numbers", () => {
  it("[Z01] is asked in the words of its contract, and judges the code itself", async () => {
    const started = await verifier.start(number, "de");
    expect(started).toEqual({ ok: true, reference: `VE${"1".padStart(32, "0")}` });
    const reference = started.ok ? started.reference : "";
    expect(await verifier.check(reference, "000000")).toEqual({ ok: false, why: "wrong" });
    expect(await verifier.check(reference, service.code(number))).toEqual({ ok: true });
    // It forgets what was right.
    expect(await verifier.check(reference, service.code(number))).toEqual({ ok: false, why: "gone" });
    const { serviceId, username, password } = service.phone;
    const [first, second] = service.calls;
    expect(first).toEqual({
      path: `/v2/Services/${serviceId}/Verifications`,
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
      contentType: "application/x-www-form-urlencoded",
      fields: { To: number, Channel: "sms", Locale: "de" },
    });
    expect(second).toMatchObject({
      path: `/v2/Services/${serviceId}/VerificationCheck`,
      authorization: first!.authorization,
      fields: { VerificationSid: reference, Code: "000000" },
    });
  });

  it.each<[string, PhoneAnswer, string]>([
    ["no such number", error(400, 60200), "number"],
    ["a landline", error(400, 60205), "number"],
    ["a blocked country", error(403, 60410), "number"],
    ["too many messages", error(429, 60203), "busy"],
    ["a wrong password", error(401, 20003), "unavailable"],
    ["an unknown service", error(404, 20404), "unavailable"],
    ["a failure", error(500, 20500), "unavailable"],
    ["a page of a proxy", { status: 502, body: "<h1>Bad gateway</h1>" }, "unavailable"],
    ["a redirect", { status: 302, body: "" }, "unavailable"],
    ["nonsense", { status: 201, body: { sid: 7 } }, "unavailable"],
    ["no JSON", { status: 201, body: "{" }, "unavailable"],
    ["nothing", "hang", "unavailable"],
    ["half an answer", "cut", "unavailable"],
    ["an endless answer", { status: 201, body: "x".repeat(200_000) }, "unavailable"],
  ])("[Z08] answers a start with %s", async (_, answer, why) => {
    service.next(answer);
    expect(await verifierFor(answer).start(number, "en")).toEqual({ ok: false, why });
    // Once: whoever tries again may pay twice.
    expect(service.calls).toHaveLength(1);
    expect(logged.join()).not.toContain(number.slice(1));
    expect(logged.join()).not.toContain(service.phone.password);
  });

  it.each<[string, PhoneAnswer, string]>([
    ["gone", error(404, 20404), "gone"],
    ["tried too often", error(429, 60202), "gone"],
    ["too many calls", error(429, 20429), "busy"],
    ["a code of no shape", error(400, 60200), "unavailable"],
    ["a failure", error(503, 20503), "unavailable"],
    ["approved, but not valid", { status: 200, body: { status: "approved", valid: false } }, "wrong"],
    ["valid, but not approved", { status: 200, body: { status: "canceled", valid: true } }, "wrong"],
    ["yes, in words of its own", { status: 200, body: { status: "approved" } }, "unavailable"],
    ["approved, with another status", { status: 500, body: { status: "approved", valid: true } }, "unavailable"],
    ["nothing", "hang", "unavailable"],
    ["half an answer", "cut", "unavailable"],
  ])("[Z08] answers a check with %s, which lets nobody in", async (_, answer, why) => {
    service.next(answer);
    expect(await verifierFor(answer).check("VE1", "493817")).toEqual({ ok: false, why });
    expect(logged.join()).not.toContain("493817");
  });

  it("[Z08] cannot lead a call elsewhere by a reference of its own", async () => {
    await verifier.check("../../../v1/anything?x=", "1234");
    expect(service.calls[0]!.path).toMatch(/VerificationCheck$/);
  });

  it("[Z08] that is not there is unavailable", async () => {
    await service.close();
    expect(await verifier.start(number, "en")).toEqual({ ok: false, why: "unavailable" });
    service = await openPhoneService();
  });
});
