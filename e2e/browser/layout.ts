import type { Page } from "playwright-core";

/** WCAG 2.2, 2.5.8: what is pressed is no smaller, unless it stands in a sentence. */
const least = 24;

/** What does not fit on the page as it is now, a sentence each. With `as`, also when it is not in this language and direction. */
export function layoutFlaws(page: Page, as?: { lang: string; dir: string }): Promise<string[]> {
  return page.evaluate(
    ({ smallest, spoken }) => {
      const root = document.documentElement;
      const flaws: string[] = [];
      if (spoken && (root.lang !== spoken.lang || root.dir !== spoken.dir)) flaws.push(`in ${root.lang}, ${root.dir}`);
      if (root.scrollWidth > root.clientWidth) flaws.push(`${root.scrollWidth} px wide on ${root.clientWidth}`);
      for (const part of document.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary")) {
        const unseen = part.matches(".vh, .skip, [type=hidden]") || part.closest(".preview") || !part.checkVisibility();
        if (unseen) continue;
        const words = part.innerText || part.getAttribute("aria-label") || part.id;
        const isButton = part.matches("button, .btn, .nav a, .tabs a");
        if (isButton && part.scrollWidth > part.clientWidth + 1) flaws.push(`cut off: ${words}`);
        const isInSentence = getComputedStyle(part).display === "inline" && part.closest("p, li, dd, label");
        const { width, height } = ((part.matches("input") && part.closest("label")) || part).getBoundingClientRect();
        if (!isInSentence && Math.min(width, height) < smallest) flaws.push(`too small: ${words}`);
      }
      return flaws;
    },
    { smallest: least, spoken: as },
  );
}

/** Whether whoever walks the page with the keyboard sees where they are: the parts that show nothing. */
export async function unseenFocus(page: Page): Promise<string[]> {
  const unseen = new Set<string>();
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const part = document.activeElement;
      if (!part || part === document.body) return null;
      const shows = (element: Element | null) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element!);
        return outlineStyle !== "none" && outlineWidth !== "0px";
      };
      // The ring of a field of several parts, and of a hidden box, is around all of it.
      const ring = [part, part.closest(".money"), part.closest(".pick label")].some((each) => each && shows(each));
      return { ring, words: part.outerHTML.slice(0, 120) };
    });
    if (!at) break;
    if (!at.ring) unseen.add(at.words);
  }
  return [...unseen];
}
