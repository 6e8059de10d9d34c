import { type Content, type Frame, type Gauge, gauge, html, type Markup } from "../../ui/index.ts";

/** A cap and what is used of it in the window now open. */
export interface CapWindow extends Gauge {
  /** Epoch milliseconds; null for a cap in total. */
  resetsAt: number | null;
}

const longest = ["day", "week", "month", "total"];

/** The cap that counts first when there are two: the longer one. */
export function mainWindow(windows: readonly CapWindow[]): CapWindow | undefined {
  return byLength(windows)[0];
}

/** The daily cap beside a longer one. */
export function secondWindow(windows: readonly CapWindow[]): CapWindow | undefined {
  return byLength(windows)
    .slice(1)
    .find((window) => window.period === "day");
}

/** The gauges of a grant or a key, each with the line that says when it starts again. */
export function capGauges(frame: Frame, windows: readonly CapWindow[]): Content {
  return byLength(windows).map((window) => [gauge(frame.text, window), gaugeNote(frame, window)]);
}

function byLength(windows: readonly CapWindow[]): CapWindow[] {
  return windows.toSorted((a, b) => longest.indexOf(b.period) - longest.indexOf(a.period));
}

function gaugeNote({ text, now }: Frame, { heldMicros, period, resetsAt }: CapWindow): Markup {
  const words = text.money;
  const held = heldMicros > 0 && `${words.heldForCalls(heldMicros)} `;
  const again =
    resetsAt === null
      ? words.neverStartsAgain
      : period === "day"
        ? words.startsAgainAtMidnight
        : words.startsAgain(resetsAt, now);
  return html`<p class="fine num">${held}${again}</p>`;
}

/** What a window has used, for sentences about it. */
export function usedMicros(window: CapWindow): number {
  return window.spentMicros + window.heldMicros;
}
