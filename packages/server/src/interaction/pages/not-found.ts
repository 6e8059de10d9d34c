import { type Frame, html, renderStage } from "../../ui/index.ts";

/** Status 404. */
export function renderNotFound(frame: Frame): string {
  const words = frame.text.notFound;
  return renderStage(frame, {
    title: words.title,
    body: html`<div class="slip"><div class="stub stack">
  <div><h1>${words.title}</h1><p class="lede">${words.lede}</p></div>
  <div class="actions"><a class="btn" href="/account/connected">${words.home}</a></div>
</div></div>`,
  });
}
