import { describe, expect, it } from "vitest";
import { systemClock } from "../../src/kernel/clock.ts";
import { createPasswordHasher } from "../../src/kernel/password.ts";
import { systemRandom } from "../../src/kernel/random.ts";
import { judgePassword, normaliseEmail, normaliseUsername } from "../../src/people/index.ts";
import { createBrowser } from "../../src/testing/browser.ts";
import { issuer, password } from "../../src/testing/platform.ts";
import { answerOf, openStoryteller, signInForm } from "../flows/storyteller.ts";

describe("a scope", () => {
  it("[A19] of absurd size is refused cheaply, here and at the token endpoint", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    const tokens = await platform.redeem(await platform.allow(browser));
    for (const scope of ["x".repeat(50_000), "openid ".repeat(10_000), "openid,".repeat(5000)]) {
      const authorize = await cpuOf(() => browser.open(platform.request({ scope })));
      expect(answerOf(authorize.answer).error).toBe("invalid_scope");
      expect(authorize.milliseconds).toBeLessThan(50);
      const body = new URLSearchParams({
        grant_type: "refresh_token",
        refresh_token: String(tokens.refresh_token),
        client_id: platform.app.clientId,
        client_secret: platform.app.clientSecret,
        scope,
      });
      const token = await cpuOf(() => platform.fetch("/idp/token", { method: "POST", body }));
      const refusal =
        token.answer.status === 413 ? "too large" : ((await token.answer.json()) as { error: string }).error;
      expect(["too large", "invalid_scope"]).toContain(refusal);
      expect(token.milliseconds).toBeLessThan(50);
    }
    await platform.close();
  });
});

describe("a sign-in", () => {
  it("[R50] takes the same time for a user that does not exist", async () => {
    const platform = await openStoryteller();
    const browser = platform.browser();
    // Users of the test platform have cheap passwords; one who signs up by the page has a real one.
    const door = await browser.open("/sign-up");
    const person = { name: "Maria", username: "maria", email: "maria@fennick.example", password };
    expect((await browser.submit(door, "/sign-up", person)).status).toBe(303);
    const times: Record<string, number[]> = { maria: [], nobody: [] };
    for (let round = 0; round < 15; round++) {
      for (const [login, taken] of Object.entries(times)) {
        platform.clock.advance(600_000);
        const fresh = createBrowser((request) => platform.innkeeper.fetch(request, { peer: "192.0.2.2" }), issuer);
        const form = await fresh.open(signInForm);
        const before = performance.now();
        await fresh.submit(form, signInForm, { login, password: "not her password" });
        taken.push(performance.now() - before);
      }
    }
    const median = (values: number[]) => values.toSorted((a, b) => a - b)[7]!;
    const ratio = median(times.nobody!) / median(times.maria!);
    // Without the same work for both it would be below a tenth.
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.4);
    await platform.close();
  });
});

describe("text that is dear to normalise", () => {
  // Marks are put into order, which takes the square of their number.
  const dear = `e${"\u0323\u0301".repeat(15_000)}`;

  it.each<[string, () => unknown]>([
    ["a username", () => normaliseUsername(dear)],
    ["an address", () => normaliseEmail(`maya@${dear}`)],
    ["a new password", () => judgePassword(dear, [])],
    ["a password", () => createPasswordHasher({ random: systemRandom(systemClock), memory: 64 }).verify(null, dear)],
  ])("is refused cheaply as %s", async (_, work) => {
    await work();
    expect((await cpuOf(async () => work())).milliseconds).toBeLessThan(50);
  });
});

async function cpuOf<T>(work: () => Promise<T>): Promise<{ answer: T; milliseconds: number }> {
  const before = process.cpuUsage();
  const answer = await work();
  const { user, system } = process.cpuUsage(before);
  return { answer, milliseconds: (user + system) / 1000 };
}
