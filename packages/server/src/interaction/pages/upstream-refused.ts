import { type Frame, html, renderStage, type Text } from "../../ui/index.ts";
import { doorPath } from "./sign-in.ts";

export type UpstreamRefusal = keyof Text["upstream"]["refusals"];

export interface UpstreamRefusedProps {
  why: UpstreamRefusal;
  /** The name of the provider. */
  provider: string;
  /** What waits still, so that the way back leads to it. */
  request?: string | undefined;
  next?: string | undefined;
  linking?: boolean;
}

/** Why an account elsewhere signed nobody in, or was not linked. Nothing of the provider's answer is repeated. */
export function renderUpstreamRefused(frame: Frame, props: UpstreamRefusedProps): string {
  const { why, provider, linking } = props;
  const words = frame.text.upstream;
  const title = linking ? words.notLinkedTitle : words.refusedTitle;
  const back = linking
    ? html`<a class="btn" href="${props.next ?? "/account/security"}">${words.backToLinked}</a>`
    : html`<a class="btn" href="${doorPath("/sign-in", props)}">${words.again}</a>`;
  return renderStage(frame, {
    title,
    failed: true,
    body: html`<div class="slip"><div class="stub stack">
  <div id="upstream-refused"><h1>${title}</h1><p class="lede">${words.refusals[why](provider)}</p></div>
  <div class="actions">${back}</div>
</div></div>`,
  });
}
