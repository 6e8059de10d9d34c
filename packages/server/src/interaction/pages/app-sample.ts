import { type Content, type Frame, html, type Markup } from "../../ui/index.ts";
import { type ConsentSlip, consentSample } from "./consent.ts";

/** The consent page as it stands with these values, beside the form that changes them. */
export function sampleAside(frame: Frame, sample: ConsentSlip, fullSize?: string): Markup {
  const words = frame.text.appForm;
  const link: Content = fullSize && html` <a href="${fullSize}">${words.samplePage}</a>`;
  return html`<section class="aside" id="sample" aria-labelledby="sample-title"><div><h2 id="sample-title">${words.sample}</h2><p class="fine">${words.sampleNote}${link}</p></div>${consentSample(frame, sample, false)}</section>`;
}
