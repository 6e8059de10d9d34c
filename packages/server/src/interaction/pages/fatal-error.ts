import { type KnownRefusal, knownRefusals, refusalPath } from "../../kernel/faults.ts";
import { type Content, type Frame, html, renderStage, type Text } from "../../ui/index.ts";

export type FatalReason = keyof Text["fatal"]["reasons"];

export interface FatalErrorProps {
  /** The word of the protocol, such as `invalid_request`: from our own table, never from the request. */
  error: string;
  reason: FatalReason;
  /** The request id, which stands in the log too. */
  reference: string;
}

/** Status 400: the way ends here, because there is nowhere safe to send an answer. Shows nothing of the request. */
export function renderFatalError(frame: Frame, { error, reason, reference }: FatalErrorProps): string {
  const words = frame.text.fatal;
  const { lede, next, developers } = words.reasons[reason];
  return renderStage(frame, {
    title: words.title,
    body: html`<div class="slip"><div class="stub stack">
  <div id="fatal-error"><h1>${words.title}</h1><p class="lede">${lede}</p></div>
  <p class="mut">${next}</p>
  <details class="more" open><summary>${words.developers}</summary><div class="stack-s"><dl class="facts"><dt>${words.error}</dt><dd class="mono">${error}</dd><dt>${words.reason}</dt><dd class="mono">${reason}</dd>${knownAs(frame, reason)}<dt>${words.reference}</dt><dd class="mono">${reference}</dd></dl><p class="fine">${developers}</p></div></details>
</div></div>`,
  });
}

const known: Partial<Record<FatalReason, KnownRefusal>> = {
  redirect_uri_missing: "invalid-redirect-uri",
  redirect_uri_not_registered: "invalid-redirect-uri",
};

/** The words that developers look for, with the page about them. */
function knownAs({ text }: Frame, reason: FatalReason): Content {
  const refusal = known[reason];
  if (!refusal) return "";
  return html`<dt>${text.fatal.message}</dt><dd><a href="${refusalPath(refusal)}">${knownRefusals[refusal]}</a></dd>`;
}
