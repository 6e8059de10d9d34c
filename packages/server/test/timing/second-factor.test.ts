import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { findTotpStep, stepAt, totpCode } from "../../src/people/totp.ts";

const secret = Buffer.from("12345678901234567890");
const now = 1_111_111_111_000;
const rounds = 400;
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

describe("a code of an authenticator app", () => {
  it("[S13] takes the same time whether it is right, nearly right or nothing like it", async () => {
    const right = await totpCode(secret, stepAt(now));
    const typed = {
      right,
      early: await totpCode(secret, stepAt(now) - 1),
      late: await totpCode(secret, stepAt(now) + 1),
      "wrong in its last digit": right.slice(0, 5) + ((Number(right[5]) + 1) % 10),
      wrong: [...right].map((digit) => (Number(digit) + 5) % 10).join(""),
      long: "7".repeat(40),
      empty: "",
    };
    const times = Object.fromEntries(Object.keys(typed).map((name) => [name, [] as number[]]));
    for (let round = 0; round < rounds; round++) {
      for (const [name, code] of Object.entries(typed)) {
        const before = performance.now();
        await findTotpStep(secret, code, now);
        times[name]!.push(performance.now() - before);
      }
    }
    for (const [name, taken] of Object.entries(times)) {
      const ratio = median(taken) / median(times.right!);
      expect([name, ratio > 0.7 && ratio < 1.4]).toEqual([name, true]);
    }
  });

  it("of absurd length is refused cheaply", async () => {
    const dear = `e${"\u0323\u0301".repeat(15_000)}`;
    await findTotpStep(secret, dear, now);
    const before = process.cpuUsage();
    expect(await findTotpStep(secret, dear, now)).toBeUndefined();
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(50);
  });
});
