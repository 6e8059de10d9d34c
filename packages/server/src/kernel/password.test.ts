import { describe, expect, it } from "vitest";
import { systemClock } from "./clock.ts";
import { createPasswordHasher } from "./password.ts";
import { systemRandom } from "./random.ts";

const random = systemRandom(systemClock);
const hasher = createPasswordHasher({ random, memory: 64 });

describe("passwords", () => {
  it("are stored as argon2id with 19 MiB, two passes and a salt of their own", async () => {
    const strong = createPasswordHasher({ random });
    const stored = await strong.hash("correct horse");
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await strong.verify(stored, "correct horse")).toBe(true);
    expect(await strong.hash("correct horse")).not.toBe(stored);
  });

  it("match only themselves, in every spelling of the same characters", async () => {
    const stored = await hasher.hash("Caf\u00e9 \u{1f600}");
    expect(await hasher.verify(stored, "Cafe\u0301 \u{1f600}")).toBe(true);
    for (const wrong of ["", "Cafe \u{1f600}", "caf\u00e9 \u{1f600}", "Caf\u00e9 \u{1f600} "]) {
      expect(await hasher.verify(stored, wrong)).toBe(false);
    }
  });

  it("are verified with the parameters they were stored with", async () => {
    const stored = await createPasswordHasher({ random, memory: 32, passes: 3 }).hash("pass");
    expect(await hasher.verify(stored, "pass")).toBe(true);
  });

  it("agree with the test vector of the argon2 reference implementation", async () => {
    const salt = new TextEncoder().encode("somesalt");
    const known = createPasswordHasher({ random: { ...random, bytes: () => salt }, memory: 65_536 });
    expect(await known.hash("password")).toBe(
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
    );
  });

  it("never match for a user who does not exist, and say loudly when the store is damaged", async () => {
    expect(await hasher.verify(null, "anything")).toBe(false);
    await expect(hasher.verify("plain text", "plain text")).rejects.toThrow("PHC");
  });

  it("are refused with 503 when 64 are waiting already, and served again afterwards", async () => {
    const answers = await Promise.allSettled(Array.from({ length: 100 }, () => hasher.hash("x")));
    const refused = answers.filter((answer) => answer.status === "rejected");
    expect(refused).toHaveLength(34);
    for (const { reason } of refused) {
      expect(reason).toMatchObject({ code: "temporarily_unavailable", status: 503, headers: { "retry-after": "2" } });
    }
    expect(await hasher.hash("x")).toContain("$argon2id$");
  });
});
