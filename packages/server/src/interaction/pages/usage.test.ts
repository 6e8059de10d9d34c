import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Frame, text } from "../../ui/index.ts";
import type { Receipt } from "./receipt.ts";
import { renderUsage, type UsageProps } from "./usage.ts";
import { axisStep } from "./usage-chart.ts";

const frame: Frame = {
  text,
  now: Date.UTC(2026, 10, 21, 14, 44),
  brand: { name: "Acme AI", accent: "#0b6b57", links: {} },
};
const props: UsageProps = {
  person: { label: "maya", csrf: "t1" },
  month: { key: "2026-11", startsAt: Date.UTC(2026, 10, 1), endsAt: Date.UTC(2026, 11, 1) },
  months: [
    { key: "2026-11", startsAt: Date.UTC(2026, 10, 1) },
    { key: "2026-10", startsAt: Date.UTC(2026, 9, 1) },
  ],
  apps: [
    { appId: "app_1", name: "Quarry", spentMicros: 1_200_000 },
    { appId: null, name: null, spentMicros: 300_000 },
  ],
  days: [
    { at: Date.UTC(2026, 10, 3), appId: null, spentMicros: 300_000 },
    { at: Date.UTC(2026, 10, 1), appId: "app_1", spentMicros: 1_200_000 },
  ],
  callCount: 12,
  calls: [
    {
      id: "hld_2",
      at: Date.UTC(2026, 10, 21, 14, 32, 7),
      appId: "app_1",
      model: "acme-large",
      tokensIn: 1_204,
      tokensOut: 812,
      costMicros: 11_130,
    },
    {
      id: "hld_1",
      at: Date.UTC(2026, 10, 20, 9, 1, 2),
      appId: null,
      model: "acme-small",
      tokensIn: 18_422,
      tokensOut: 0,
      costMicros: 368,
    },
  ],
  skipped: 4,
  before: "hld_3",
  olderBefore: "hld_1",
};
const receipt: Receipt = {
  id: "hld_2",
  at: Date.UTC(2026, 10, 21, 14, 32, 7),
  app: { name: "Quarry", host: "quarry.example" },
  model: "acme-small",
  inputTokens: 5_120,
  cachedInputTokens: 0,
  outputTokens: 212,
  prices: { input: 150_000, cachedInput: 15_000, output: 600_000, call: 0 },
  costMicros: 896,
  lossMicros: 0,
  heldMicros: 4_100,
  estimated: false,
  payer: "Personal",
};

/** The micro-dollars written in the rows of a receipt, and in its sum. */
function amountsOf(page: string): { rows: number[]; sum: number } {
  const priced = page.slice(page.indexOf('id="receipt"'), page.indexOf("perf"));
  const amounts = [...priced.matchAll(/<dd>(−?)\$([\d,.]+)<\/dd>/g)].map(([, minus, figures]) => {
    return (minus ? -1 : 1) * Math.round(Number(figures!.replaceAll(",", "")) * 1_000_000);
  });
  return { rows: amounts.slice(0, -1), sum: amounts.at(-1)! };
}

describe("the usage page", () => {
  const page = renderUsage(frame, props);

  it("adds up by app, as a bill", () => {
    expect(page).toContain('<p class="big num">$1.50</p><p class="fine num">1 to 21 November 2026, so far</p>');
    expect(page).toContain('<span class="dot a1"></span>Quarry</span></dt><dd>$1.20</dd>');
    expect(page).toContain('<div class="sum"><dt>Sum</dt><dd>$1.50</dd></div>');
    expect(page).toContain("21 days, 12 calls");
  });

  it("draws a bar for each day and app, and holds the same numbers in a table", () => {
    expect(page).toContain("<title>1 November, Quarry: $1.20</title>");
    expect(page).toContain("<title>3 November, Your own keys: $0.30</title>");
    expect(page).toContain(
      '<tr><th scope="row">1 November</th><td class="r">$1.20</td><td class="r">$0.00</td><td class="r">$1.20</td></tr>',
    );
    expect(page.indexOf('scope="row">1 November')).toBeLessThan(page.indexOf('scope="row">3 November'));
  });

  it("lists the calls with their price to the micro-dollar", () => {
    expect(page).toContain('<span class="zero">$0.0</span>11130');
    expect(page).toContain('<td class="r wide-only">18,422</td>');
    expect(page).toContain(">14:32:07</time>");
    expect(page).toContain(">20 Nov 09:01:02</time>");
    expect(page).toContain(
      '<a class="rc" href="?month=2026-11&amp;before=hld_3&amp;receipt=hld_2#receipt" aria-label="Receipt hld_2">',
    );
  });

  it("pages", () => {
    expect(page).toContain("Calls 5 to 6 of 12");
    expect(page).toContain('href="?month=2026-11&amp;before=hld_1">Older</a>');
    expect(page).toContain('href="?month=2026-11">Newest</a>');
    expect(renderUsage(frame, { ...props, skipped: 0, olderBefore: undefined })).not.toMatch(/Older|Newest/);
  });

  it("puts a fifth app and all after it into one colour", () => {
    const apps = [1, 2, 3, 4, 5, 6].map((n) => ({ appId: `app_${n}`, name: `App ${n}`, spentMicros: 10_000 }));
    const days = apps.map(({ appId, spentMicros }) => ({ at: Date.UTC(2026, 10, 1), appId, spentMicros }));
    const many = renderUsage(frame, { ...props, apps, days });
    expect(many).toContain("<title>1 November, Other apps: $0.02</title>");
    expect(many).toContain('<span class="dot a0"></span>App 6</span>');
  });

  it("says so when nothing was used", () => {
    const empty = renderUsage(frame, { ...props, apps: [], days: [], calls: [], callCount: 0 });
    expect(empty).toContain("No calls in this month");
    expect(empty).not.toContain("<table");
  });

  it("scales the axis in steps people count in", () => {
    expect(axisStep(2_460_000)).toBe(1_000_000);
    expect(axisStep(1_200_000)).toBe(500_000);
    expect(axisStep(900)).toBe(500);
    expect(axisStep(1)).toBe(1);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000_000 }), (highest) => {
        expect(axisStep(highest) * 3).toBeGreaterThanOrEqual(highest);
      }),
    );
  });
});

describe("a receipt", () => {
  it("marks its call and shows what was held and given back", () => {
    const page = renderUsage(frame, { ...props, receipt });
    expect(page).toContain('<tr aria-current="true">');
    expect(page).toContain("<dt>Given back</dt><dd>$0.003204</dd>");
    expect(page).toContain("Counted as the model’s provider reported it.");
    expect(page).toContain("at $0.15 a million");
  });

  it("adds up to its price, whatever rounds and whatever the platform carries", () => {
    const tokens = fc.integer({ min: 0, max: 2_000_000 });
    const price = fc.integer({ min: 0, max: 90_000_000 });
    fc.assert(
      fc.property(
        tokens,
        tokens,
        tokens,
        price,
        price,
        fc.integer({ min: 0, max: 5_000 }),
        fc.nat(500),
        (input, cached, output, low, high, call, loss) => {
          const prices = { input: high, cachedInput: low, output: high, call };
          const picos = BigInt(input + output) * BigInt(high) + BigInt(cached) * BigInt(low);
          const full = Number((picos + 999_999n) / 1_000_000n) + call;
          const lossMicros = Math.min(loss, full);
          const shown = renderUsage(frame, {
            ...props,
            receipt: {
              ...receipt,
              inputTokens: input,
              cachedInputTokens: cached,
              outputTokens: output,
              prices,
              costMicros: full - lossMicros,
              lossMicros,
            },
          });
          const { rows, sum } = amountsOf(shown);
          expect(rows.reduce((total, row) => total + row, 0)).toBe(sum);
        },
      ),
      { numRuns: 50 },
    );
  });
});
