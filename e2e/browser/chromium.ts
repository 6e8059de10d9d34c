import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { chromiumMissing, findChromium } from "../../tools/chromium.ts";

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The real one. Close it when done. */
export function openChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(chromiumMissing);
  return chromium.launch({ executablePath, args: quiet });
}

const shots = fileURLToPath(new URL("../../screenshots", import.meta.url));
const sizes = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
];

/**
 * Takes the page as a phone and a desk show it, by day and by night, into `screenshots/`: when INNKEEPER_SCREENSHOTS is
 * set, for people to look at.
 */
export async function photograph(page: Page, name: string): Promise<void> {
  if (!process.env.INNKEEPER_SCREENSHOTS) return;
  mkdirSync(shots, { recursive: true });
  const before = page.viewportSize();
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.screenshot({ path: join(shots, `${name}-${size.width}-${colorScheme}.png`), fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  if (before) await page.setViewportSize(before);
}
