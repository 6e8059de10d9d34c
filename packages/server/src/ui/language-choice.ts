import { hidden } from "./form.ts";
import { languageNames, languages } from "./language.ts";
import { attribute, type Content, html } from "./markup.ts";
import type { Text } from "./text/index.ts";

/** The small choice in the foot: each language calls itself by its own name. */
export function languageChoice(text: Text, here: string, csrf: string | undefined): Content {
  const buttons = languages.map((language) => {
    const current = attribute("aria-current", language === text.language && "true");
    return html`<button class="link" name="language" value="${language}" lang="${language}"${current}>${languageNames[language]}</button>`;
  });
  return html`<form class="tongues" method="post" action="/language" aria-label="${text.languageChoice.label}">${hidden({ next: here, csrf })}${buttons}</form>`;
}
