import { type Frame, html, renderStage } from "../../ui/index.ts";

export interface ServerErrorProps {
  /** The request id, which stands in the log too. */
  reference: string;
  /** Too much to do (503) rather than broken (500). @default false */
  busy?: boolean;
}

export function renderServerError(frame: Frame, { reference, busy = false }: ServerErrorProps): string {
  const words = frame.text.failure;
  const title = busy ? words.busyTitle : words.title;
  return renderStage(frame, {
    title,
    body: html`<div class="slip"><div class="stub stack">
  <div><h1>${title}</h1><p class="lede">${busy ? words.busyLede : words.lede}</p></div>
  <p class="mut">${busy ? words.busyNext : words.next}</p>
  <dl class="facts"><dt>${words.reference}</dt><dd class="mono">${reference}</dd></dl>
</div></div>`,
  });
}
