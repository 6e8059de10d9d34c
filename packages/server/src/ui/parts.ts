import { icon } from "./icons.ts";
import { initialOf } from "./initial.ts";
import { type Content, html, type Markup } from "./markup.ts";
import { type Period, shareOf, spentOfText } from "./money-text.ts";
import type { Text } from "./text/index.ts";

/** An app as every page shows it. */
export interface AppFace {
  name: string;
  /** Where its answers go: host and port in ASCII, shown whole. */
  host: string;
  /** From our own origin; a stranger's address is never loaded. Without it, the first letter is shown. */
  logoUrl?: string;
  /** Set once the operator has proof of who owns this host. */
  verifiedHost?: string;
}

export function appTile(app: AppFace, small = false): Markup {
  const look = html`${app.verifiedHost ? "" : " tile-un"}${small && " tile-sm"}`;
  const sign = app.logoUrl
    ? html`<img src="${app.logoUrl}" alt="">`
    : html`<span aria-hidden="true">${initialOf(app.name)}</span>`;
  return html`<span class="tile${look}">${sign}</span>`;
}

/** Verified or not; the page that asks for trust also names the host. */
export function trustBadge(text: Text, app: AppFace, withHost = false): Markup {
  if (!app.verifiedHost) return html`<span class="badge badge-un">${icon("warn", 14)}${text.trust.unverified}</span>`;
  const words = withHost
    ? html`<b>${text.trust.verifiedHost}</b><bdi>${app.verifiedHost}</bdi>`
    : html`<b>${text.trust.verified}</b>`;
  return html`<span class="badge">${icon("seal", 14)}${words}</span>`;
}

export type NoticeKind = "plain" | "caution" | "bad" | "good";

/** One or two sentences with a sign. After a submit it is read aloud at once. */
export function notice(kind: NoticeKind, words: Content, afterSubmit = false): Markup {
  const look = kind === "plain" ? "" : ` notice-${kind}`;
  const role = !afterSubmit ? "note" : kind === "good" ? "status" : "alert";
  return html`<div class="notice${look}" role="${role}">${icon(kind === "good" ? "good" : "warn", 20)}<p>${words}</p></div>`;
}

export function perforation(): Markup {
  return html`<div class="perf" role="presentation"></div>`;
}

/** @param way out of the emptiness: a link to make the first one */
export function emptyRoom(title: string, words: string, way?: Content): Markup {
  return html`<div class="empty${way && " stack-s"}">${icon("key", 28)}<h2>${title}</h2><p class="fine">${words}</p>${way && html`<p class="gap">${way}</p>`}</div>`;
}

export interface BillRow {
  label: Content;
  amount: Content;
  kind?: "sum" | "cut" | "mono";
}

/** Words, a dotted leader, the amount. */
export function bill(rows: readonly BillRow[], spaced = false): Markup {
  const lines = rows.map(({ label, amount, kind }) => {
    const row = kind === "sum" ? html` class="sum"` : undefined;
    const cell = kind === "cut" || kind === "mono" ? html` class="${kind}"` : undefined;
    return html`<div${row}><dt>${label}</dt><dd${cell}>${amount}</dd></div>`;
  });
  return html`<dl class="bill${spaced && " gap"}">${lines}</dl>`;
}

export interface Gauge {
  period: Period;
  limitMicros: number;
  spentMicros: number;
  heldMicros: number;
}

/** How much of a cap is used: the words, and below them the same as a meter. */
export function gauge(text: Text, { period, limitMicros, spentMicros, heldMicros }: Gauge): Content {
  const spent = shareOf(spentMicros, limitMicros);
  const held = Math.min(100 - spent, heldMicros > 0 ? shareOf(heldMicros, limitMicros) : 0);
  const look = spent >= 100 ? " meter-full" : spent >= 80 ? " meter-near" : "";
  const label = text.money.meter(spentMicros, heldMicros, limitMicros);
  const waiting = held > 0 && html`<rect class="held" x="${spent}%" width="${held.toFixed(2)}%" height="8"/>`;
  return html`<p class="lead num"><b>${spentOfText(spentMicros, limitMicros, text.language)}</b><span>${text.money.ofLimit(limitMicros, period)}</span></p>
    <svg class="meter${look}" role="img" aria-label="${label}" width="100%" height="8"><rect width="${spent}%" height="8"/>${waiting}</svg>`;
}

/** A time in words, with the exact one for machines. */
export function time(at: number, words: string): Markup {
  return html`<time datetime="${new Date(at).toISOString()}">${words}</time>`;
}
