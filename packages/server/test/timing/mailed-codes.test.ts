import { describe, expect, it } from "vitest";
import { createBrowser } from "../../src/testing/browser.ts";
import { issuer } from "../../src/testing/platform.ts";
import { openMailbox, proveEmail } from "../flows/mailbox.ts";
import { openStoryteller } from "../flows/storyteller.ts";

const rounds = 60;
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

describe("asking for a code", () => {
  it.each([
    ["to sign in", "/idp/login/email"],
    ["for a new password", "/reset-password"],
  ])("[V05] %s takes the same time whether or not the address has an account", async (_, form) => {
    const box = await openMailbox();
    const platform = await openStoryteller({}, { file: box.file });
    await proveEmail(platform, platform.maya.id, "maya@fennick.example");
    const times: Record<string, number[]> = { "maya@fennick.example": [], "nobody@fennick.example": [] };
    for (let round = 0; round < rounds; round++) {
      // In turns, so that neither is always the first after a pause.
      const entries = Object.entries(times);
      for (const [email, taken] of round % 2 === 0 ? entries : entries.reverse()) {
        platform.clock.advance(6 * 3_600_000);
        const browser = createBrowser((request) => platform.innkeeper.fetch(request, { peer: "192.0.2.2" }), issuer);
        const page = await browser.open(form);
        const before = performance.now();
        const answer = await browser.submit(page, form, { email });
        taken.push(performance.now() - before);
        expect(answer.status).toBe(200);
      }
    }
    const ratio = median(times["nobody@fennick.example"]!) / median(times["maya@fennick.example"]!);
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.25);
    await platform.close();
    await box.close();
  });
});
