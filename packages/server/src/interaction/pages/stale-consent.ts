import { type Frame, html, renderStage } from "../../ui/index.ts";

/** Status 403: the form belongs to an earlier sign-in, and nothing of it was taken. @param again where the question is put anew */
export function renderStaleConsent(frame: Frame, again: string): string {
  const words = frame.text.staleConsent;
  return renderStage(frame, {
    title: words.title,
    body: html`<div class="slip"><div class="stub stack">
  <div><h1>${words.title}</h1><p class="lede">${words.lede}</p></div>
  <div class="actions"><a class="btn btn-1" href="${again}">${words.again}</a></div>
</div></div>`,
  });
}
