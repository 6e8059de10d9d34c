/** The parts of the desk that change while somebody sits at it; the page and the running answer use the same ones. */
import { html, raw } from "hono/html";
import type { Account, Turn } from "./account.ts";
import { type Budget, callParts, leftText, periodText, timeText } from "./budget.ts";
import type { Refusal } from "./refusals.ts";

type Markup = ReturnType<typeof html>;
export type Tone = "plain" | "caution" | "bad" | "good";

const titleLettersMax = 40;

export function turnMarkup(turn: Turn): Markup {
  return html`<article class="turn">
<h2>${turn.prompt}</h2>
<p class="tale">${turn.text}</p>
${turn.cutShort ? html`<p class="fine">It stops here: the model’s limit, or all that the cap could still pay.</p>` : ""}
<p class="lead receipt"><span class="mono">${turn.model}</span><span class="dots"></span>${priceMarkup(turn.costMicros)}</p>
</article>`;
}

export function billMarkup(account: Account): Markup {
  const { budget, turns } = account;
  const visit =
    turns.length > 0
      ? visitMarkup(turns)
      : html`<p class="fine visit">Every story of this visit will stand here with its price.</p>`;
  return budget ? html`${gaugeMarkup(budget)}${visit}` : html`<p class="mut visit">Storyteller may not spend.</p>`;
}

function visitMarkup(turns: Turn[]): Markup {
  const sumMicros = turns.reduce((sum, turn) => sum + (turn.costMicros ?? 0), 0);
  return html`<dl class="bill visit" aria-label="Stories of this visit">
${turns.map((turn) => html`<div><dt>${shorten(turn.prompt)}</dt><dd>${priceMarkup(turn.costMicros)}</dd></div>`)}
<div class="sum"><dt>This visit</dt><dd>${priceMarkup(sumMicros)}</dd></div>
</dl>`;
}

export function refusalMarkup(refusal: Refusal): Markup {
  const { title, text, action, mayRetry, kind } = refusal;
  // The platform's pages open beside the story, so that it can be tried again from here.
  const target = kind === "cap" || kind === "balance" ? raw(' target="_blank" rel="noopener"') : "";
  const buttons = html`<p class="row">
${action && kind !== "ended" ? html`<a class="btn btn-1 btn-s" href="${action.href}"${target}>${action.label}</a>` : ""}
${action && kind === "ended" ? signInButton(action.label, "default") : ""}
${mayRetry ? html`<button type="button" class="btn btn-s" data-retry>Try again</button>` : ""}
</p>`;
  const body = html`<div data-refusal="${kind}"><p><strong>${title}</strong> ${text}</p>${buttons}</div>`;
  return noticeMarkup(kind === "failed" || kind === "ended" ? "bad" : "caution", body);
}

/** The platform's own button, as its look prescribes it. */
export function signInButton(label: string, size: "default" | "lg"): Markup {
  return html`<a class="ik-signin" data-variant="branded" data-size="${size}" href="/sign-in"><svg width="18" height="18" aria-hidden="true"><use href="#i-acme"/></svg><span>${label}</span></a>`;
}

export function noticeMarkup(tone: Tone, body: Markup): Markup {
  const icon = tone === "good" ? "i-good" : "i-warn";
  return html`<div class="notice ${tone === "plain" ? "" : `notice-${tone}`}"><svg width="20" height="20" aria-hidden="true"><use href="#${icon}"/></svg>${body}</div>`;
}

function gaugeMarkup({ limitMicros, remainingMicros, period, resetsAt }: Budget): Markup {
  const usedShare = limitMicros === 0 ? 100 : Math.min(100, (1 - remainingMicros / limitMicros) * 100);
  const tone = usedShare >= 100 ? "meter-full" : usedShare >= 80 ? "meter-near" : "";
  const [left, limit] = [leftText(remainingMicros), leftText(limitMicros)];
  return html`<div class="gauge">
<p class="left"><b class="big num" id="left">${left}</b> <span class="mut">left of ${limit} ${periodText(period)}</span></p>
<svg class="meter ${tone}" role="img" aria-label="${left} left of ${limit}" width="100%" height="8"><rect width="${usedShare.toFixed(1)}%" height="8"/></svg>
<p class="fine num">${resetsAt === undefined ? "It does not start again." : `Starts again on ${timeText(resetsAt)}.`}</p>
</div>`;
}

function priceMarkup(costMicros: number | undefined): Markup {
  if (costMicros === undefined) return html`<span class="num zero">price on your bill</span>`;
  const [zeros, figures] = callParts(costMicros);
  return html`<span class="num"><span class="zero">${zeros}</span>${figures}</span>`;
}

function shorten(text: string): string {
  return text.length > titleLettersMax ? `${text.slice(0, titleLettersMax - 1).trimEnd()}…` : text;
}
