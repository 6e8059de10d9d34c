import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** WCAG 2.2 AA, and everything below it. */
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What axe finds wrong with a page by day and by night, a sentence each; and what does not fit into a narrow phone. */
export async function flawsOf(page: Page): Promise<string[]> {
  const flaws: string[] = [];
  await page.evaluate(axe.source);
  for (const colorScheme of ["light", "dark"] as const) {
    // Without transitions: axe would judge colours on their way.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await page.evaluate(
      (values) =>
        (globalThis as unknown as { axe: typeof axe }).axe.run(document, { runOnly: { type: "tag", values } }),
      tags,
    );
    for (const { id, nodes } of violations) {
      for (const { html, failureSummary } of nodes) flaws.push(`${colorScheme}, ${id}: ${html}\n${failureSummary}`);
    }
  }
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 320, height: 640 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  if (width > 320) flaws.push(`${width} px wide on a phone of 320`);
  await page.setViewportSize(size);
  return flaws;
}

const foreign = 'script:not([src^="/assets/"]), style, [style], [onclick]';

/** The page has one title, one first heading, a language, no script but a file of ours, no style of its own, and axe has nothing to say. */
export async function expectAccessible(page: Page): Promise<void> {
  const at = `${new URL(page.url()).pathname}, "${await page.title()}"`;
  expect(await page.locator("html").getAttribute("lang"), at).toBe("en");
  expect(await page.getByRole("heading", { level: 1 }).count(), at).toBe(1);
  expect(await page.locator(foreign).count(), at).toBe(0);
  expect(await flawsOf(page), at).toEqual([]);
}
