import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flawsOf } from "./accessible.ts";
import { openChromium } from "./chromium.ts";
import { layoutFlaws, unseenFocus } from "./layout.ts";

const full = process.env.INNKEEPER_FULL === "1";
const tool = fileURLToPath(new URL("../../tools/preview-pages.ts", import.meta.url));
const phone = { width: 320, height: 700 };

let folder: string;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "innkeeper-previews-"));
  browser = await openChromium();
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** The file of every page in every state, by name. */
function writePages(language: string): Map<string, string> {
  const to = join(folder, language);
  const { status, stderr } = spawnSync(process.execPath, [tool, to, language], { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  const files = readdirSync(to).filter((name) => name.endsWith(".html") && !name.endsWith(".dark.html"));
  return new Map(files.map((name) => [name.slice(0, -".html".length), join(to, name)]));
}

const goTo = (page: Page, file: string) => page.goto(pathToFileURL(file).href);

/** Puts the page where another one with the same sheet is: ten times as fast as going there. */
async function putIn(page: Page, file: string): Promise<void> {
  await page.evaluate(
    (source) => {
      const { documentElement, body } = new DOMParser().parseFromString(source, "text/html");
      document.documentElement.lang = documentElement.lang;
      document.documentElement.dir = documentElement.dir;
      document.body.replaceWith(body);
    },
    readFileSync(file, "utf8"),
  );
}

async function judge(page: Page, as: { lang: string; dir: string }): Promise<string[]> {
  const found = await layoutFlaws(page, as);
  if (!full) return found;
  await page.setViewportSize({ width: 390, height: 700 });
  found.push(...(await layoutFlaws(page)), ...(await flawsOf(page)));
  await page.setViewportSize(phone);
  return found;
}

describe("every page and mail", () => {
  it.each([
    ["en", "en", "ltr"],
    ["de", "de", "ltr"],
    ["ja", "ja", "ltr"],
    ["rtl", "en", "rtl"],
  ])(
    "[D02] fits a narrow phone, nothing cut off or too small to press: %s",
    async (name, lang, dir) => {
      const pages = writePages(name);
      expect(pages.size).toBeGreaterThan(200);
      const page = await browser.newPage({ viewport: phone, reducedMotion: "reduce" });
      await goTo(page, pages.get("not-found")!);
      /** Each flaw, with the pages that have it. */
      const flaws: Record<string, string[]> = {};
      for (const [at, file] of [...pages].sort(([one], [other]) => Number(isMail(one)) - Number(isMail(other)))) {
        // A mail has a style of its own; axe wants pages that were loaded.
        await (isMail(at) || full ? goTo(page, file) : putIn(page, file));
        for (const flaw of await judge(page, { lang, dir })) flaws[flaw] = [...(flaws[flaw] ?? []), at];
      }
      expect(flaws).toEqual({});
      await page.close();
    },
    full ? 900_000 : 60_000,
  );

  it("would be caught with what does not fit", async () => {
    const page = await browser.newPage({ viewport: phone });
    await page.setContent(`<style>body { margin: 0 } .btn { display: block; width: 60px; overflow: hidden; white-space: nowrap } :focus { outline: 0 }</style>
      <p style="width: 400px">wide</p><button class="btn">Far too long for it</button><a href="/" style="display: block; height: 10px">flat</a>`);
    expect(await layoutFlaws(page, { lang: "de", dir: "ltr" })).toEqual([
      "in , ",
      "400 px wide on 320",
      "cut off: Far too long for it",
      "too small: Far too long for it",
      "too small: flat",
    ]);
    expect((await unseenFocus(page)).length).toBe(2);
    await page.close();
  });

  it("shows where the keyboard is, on every part", async () => {
    const pages = writePages("en");
    const page = await browser.newPage({ viewport: { width: 390, height: 700 }, reducedMotion: "reduce" });
    for (const name of ["consent-review", "limit", "app-edit", "sign-up", "connected-apps", "operator-user"]) {
      await goTo(page, pages.get(name)!);
      expect(await unseenFocus(page), name).toEqual([]);
    }
    await page.close();
  });
});

function isMail(name: string): boolean {
  return name.startsWith("mail-");
}
