import { type KnownRefusal, knownRefusals } from "../../kernel/faults.ts";
import { type Frame, html, renderStage } from "../../ui/index.ts";

/** What stands behind `error_uri`: cause and fix of a refusal that developers look for. */
export function renderRefusal(frame: Frame, refusal: KnownRefusal): string {
  const words = frame.text.refusals;
  const { cause, fix } = words.pages[refusal];
  const title = knownRefusals[refusal];
  return renderStage(frame, {
    title,
    body: html`<div class="slip"><div class="stub stack">
  <div><h1>${title}</h1><p class="mut">${words.word}</p></div>
  <div><h2>${words.cause}</h2><p>${cause}</p></div>
  <div><h2>${words.fix}</h2><p>${fix}</p></div>
</div></div>`,
  });
}
