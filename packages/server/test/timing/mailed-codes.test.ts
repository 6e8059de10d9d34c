import { describe, expect, it } from "vitest";
import { createBrowser } from "../../src/testing/browser.ts";
import { issuer } from "../../src/testing/platform.ts";
import { everyRow } from "../every-row.ts";
import { openMailbox, proveEmail } from "../flows/mailbox.ts";
import { openStoryteller, type Storyteller } from "../flows/storyteller.ts";

const rounds = 60;
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const forms = [
  ["to sign in", "/idp/login/email"],
  ["for a new password", "/reset-password"],
] as const;

/** How many rows there are of each kind, and how much is sealed in the letter. */
async function weigh(platform: Storyteller): Promise<{ rows: Record<string, number>; letter: number }> {
  const tables = Object.entries(await everyRow(platform.ctx)).map(
    ([table, text]) => [table, JSON.parse(text)] as const,
  );
  const [mail] = tables.find(([table]) => table === "mails")![1] as { content_sealed: string }[];
  return {
    rows: Object.fromEntries(tables.map(([table, rows]) => [table, (rows as unknown[]).length])),
    letter: mail?.content_sealed.length ?? 0,
  };
}

/** How long an address without an account takes, in times of one with. */
async function compare(platform: Storyteller, form: string): Promise<number> {
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
  return median(times["nobody@fennick.example"]!) / median(times["maya@fennick.example"]!);
}

describe("asking for a code", () => {
  // What time tells on a quiet machine only, rows tell always.
  it.each(forms)("[V05] %s writes as much whether or not the address has an account", async (_, form) => {
    const box = await openMailbox();
    // Its letters wait, so that what was written can be compared.
    box.server.refusals.set("MAIL", "421 later");
    const weights = [];
    for (const email of ["maya@fennick.example", "nobo@fennick.example"]) {
      const platform = await openStoryteller({}, { file: box.file });
      await proveEmail(platform, platform.maya.id, "maya@fennick.example");
      const browser = platform.browser();
      expect((await browser.submit(await browser.open(form), form, { email })).status).toBe(200);
      weights.push(await weigh(platform));
      await platform.close();
    }
    const [known, unknown] = weights;
    expect(unknown!.rows).toEqual(known!.rows);
    expect(known!.rows).toMatchObject({ one_time_codes: 1, mails: 1 });
    expect(Math.abs(unknown!.letter / known!.letter - 1)).toBeLessThan(0.05);
    await box.close();
  });

  it.each(forms)("[V05] %s takes the same time whether or not the address has an account", async (_, form) => {
    const box = await openMailbox();
    const platform = await openStoryteller({}, { file: box.file });
    await proveEmail(platform, platform.maya.id, "maya@fennick.example");
    // What else the machine does shows once; what an account costs shows each time.
    let ratio = 0;
    for (let attempt = 0; attempt < 3 && (ratio < 0.8 || ratio > 1.25); attempt++)
      ratio = await compare(platform, form);
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.25);
    await platform.close();
    await box.close();
  });
});
