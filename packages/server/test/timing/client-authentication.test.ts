import { describe, expect, it } from "vitest";
import { databases } from "../../src/testing/databases.ts";
import { openTokenHouse, signIn } from "../token-house.ts";

describe.each(databases)("a stranger who guesses on $name", ({ open }) => {
  it("[C10] learns from answer and time nothing of which clients exist", async () => {
    const house = await openTokenHouse(open);
    await house.feed.pollOnce();
    const maya = await signIn(house);
    expect((await house.post("/idp/token", maya.codeForm())).status).toBe(200);
    const wrongSecret = { ...maya.codeForm(), client_secret: `csc_${"x".repeat(48)}` };
    const unknown = { ...wrongSecret, client_id: `cid_${"x".repeat(24)}` };
    const answers = new Set<string>();
    const measure = async (form: Record<string, string>) => {
      const began = performance.now();
      const answer = await house.post("/idp/token", form);
      const took = performance.now() - began;
      answers.add(`${answer.status} ${answer.text} ${[...answer.headers]}`);
      return took;
    };
    /** By which part the medians of 500 each differ. */
    const difference = async () => {
      const times: [number[], number[]] = [[], []];
      // Taking turns in changing order, so that whatever slows the machine slows both.
      for (let round = 0; round < 1000; round++) {
        const which = (round ^ (round >> 1)) & 1;
        times[which]!.push(await measure(which === 0 ? wrongSecret : unknown));
      }
      const [wrong, nobody] = [median(times[0]), median(times[1])];
      return Math.abs(wrong - nobody) / nobody;
    };
    // A machine that does other things as well may spoil a series, but what can be learned shows in each.
    let least = await difference();
    for (let series = 1; series < 5 && least >= 0.05; series++) least = Math.min(least, await difference());
    expect(least).toBeLessThan(0.05);
    expect([...answers]).toHaveLength(1);
    expect([...answers][0]).toMatch(/^401 /);
    await house.close();
  });
});

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
