import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dark, light } from "./styles/tokens.ts";
import { adaptAccent, brandRules, contrast } from "./theme.ts";

const accents = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, "0")}`);

describe("the operator's accent", () => {
  it.each([
    ["#0b6b57", "#0b6b57", "#ffffff", "#0b6b57", "#0b6b57", "#4ea18b", "#000000", "#51a48e"],
    ["#ffd400", "#ffd400", "#000000", "#9c8100", "#846d00", "#ffd400", "#000000", "#ffd400"],
    ["#e5352b", "#e02f26", "#ffffff", "#e02f26", "#d5201b", "#fe594a", "#000000", "#fd6253"],
    ["#635bff", "#635bff", "#ffffff", "#635bff", "#5e54f8", "#7f85fe", "#000000", "#868dff"],
    ["#f97316", "#f97316", "#000000", "#d65f03", "#b75003", "#f97316", "#000000", "#f97316"],
    ["#111111", light.ink, light["on-ink"], light.ink, light.ink, dark.ink, dark["on-ink"], dark.ink],
  ])("%s is adapted as the table of the look says", (accent, fill, on, edge, link, darkFill, darkOn, darkLink) => {
    const day = adaptAccent(accent, light, false);
    const night = adaptAccent(accent, dark, true);
    expect([day.accent, day["on-accent"], day["accent-edge"], day["accent-text"]]).toEqual([fill, on, edge, link]);
    expect([night.accent, night["on-accent"], night["accent-text"]]).toEqual([darkFill, darkOn, darkLink]);
  });

  it("keeps every contrast floor for any colour, in both themes", () => {
    fc.assert(
      fc.property(accents, fc.boolean(), (accent, isDark) => {
        const ground = isDark ? dark : light;
        const brand = adaptAccent(accent, ground, isDark);
        const { card, paper, sunk, track, ink } = ground;
        expect(contrast(brand["on-accent"], brand.accent)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(brand["on-accent"], brand["accent-hover"])).toBeGreaterThanOrEqual(4.5);
        expect(contrast(ink, brand["accent-soft"])).toBeGreaterThanOrEqual(4.5);
        for (const under of [card, paper, sunk, brand["accent-soft"]]) {
          expect(contrast(brand["accent-text"], under)).toBeGreaterThanOrEqual(4.5);
        }
        for (const under of [card, paper, sunk, track]) {
          expect(contrast(brand["accent-edge"], under)).toBeGreaterThanOrEqual(3);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("accepts capital letters and writes each theme for the attribute and for the reader's setting", () => {
    expect(brandRules("#0B6B57")).toBe(brandRules("#0b6b57"));
    expect(brandRules("#0b6b57").match(/--accent: #4ea18b;/g)).toHaveLength(2);
    expect(brandRules("#0b6b57")).toContain("@media (prefers-color-scheme: dark)");
  });
});

describe("the tokens of the sheet", () => {
  const texts = ["ink", "ink-2", "ink-3", "danger", "good"] as const;
  it.each([
    ["light", light],
    ["dark", dark],
  ])("can be read in %s", (_name, ground) => {
    for (const under of [ground.card, ground.paper, ground.sunk]) {
      for (const text of texts) expect(contrast(ground[text], under)).toBeGreaterThanOrEqual(4.5);
      for (const line of ["edge", "focus"] as const) expect(contrast(ground[line], under)).toBeGreaterThanOrEqual(3);
    }
    for (const kind of ["caution", "danger", "good"] as const) {
      expect(contrast(ground[kind], ground[`${kind}-bg`])).toBeGreaterThanOrEqual(4.5);
    }
    for (const meter of ["meter-near", "meter-full"] as const) {
      expect(contrast(ground[meter], ground.track)).toBeGreaterThanOrEqual(3);
    }
    for (const app of ["app-1", "app-2", "app-3", "app-4"] as const) {
      expect(contrast(ground[app], ground.card)).toBeGreaterThanOrEqual(3);
    }
    expect(contrast(ground["on-danger"], ground["danger-fill"])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(ground["on-ink"], ground.ink)).toBeGreaterThanOrEqual(4.5);
  });
});
