import { type Frame, html, type Person } from "../../ui/index.ts";
import { type AppHead, renderAppPage } from "./app-frame.ts";
import { type ConsentSlip, consentSample } from "./consent.ts";

export interface AppPreviewProps {
  person: Person;
  app: AppHead;
  /** The question of a first sign-in, with the reader as the guest. */
  sample: ConsentSlip;
}

export function renderAppPreview(frame: Frame, { person, app, sample }: AppPreviewProps): string {
  const words = frame.text.appForm;
  return renderAppPage(frame, {
    tab: "preview",
    person,
    app,
    body: html`<div><h2>${words.previewTitle}</h2><p class="mut">${words.previewLede} ${words.sampleNote}</p></div>
  <div class="sample">${consentSample(frame, sample, true)}</div>`,
  });
}
