import {
  billTexts,
  type Content,
  exactText,
  type Frame,
  html,
  type Markup,
  plainDateText,
  shortDateText,
} from "../../ui/index.ts";

/** One app in the colours of the page; the fifth and all after it share one. */
export interface AppColumn {
  label: string;
  /** `a1` to `a4`, or `a0`. */
  colour: string;
}

export interface UsageDay {
  /** Midnight UTC, epoch milliseconds. */
  at: number;
  /** Micro-dollars of each column. */
  spent: readonly number[];
}

const dayMs = 86_400_000;
/** Between two bars and above the axis, in hundredths of the height. */
const gap = 0.35;

/** Bars in an SVG that stretches; labels beside it in HTML keep their size; the same numbers as a table below. */
export function usageChart(
  frame: Frame,
  month: { startsAt: number; endsAt: number },
  columns: readonly AppColumn[],
  days: readonly UsageDay[],
): Markup {
  const words = frame.text.usage;
  const slots = Math.round((month.endsAt - month.startsAt) / dayMs);
  const step = axisStep(Math.max(...days.map(sumOf), 1));
  const bars = days.map((day) => dayBars(frame, (day.at - month.startsAt) / dayMs, day, columns, step * 3));
  const grid = [0, 33.33, 66.67, 100].map((y) => html`<line x2="${slots}" y1="${y}" y2="${y}"/>`);
  const axis = [3, 2, 1, 0].map((steps) => html`<span>${exactText(step * steps, frame.text.language)}</span>`);
  const label = words.chart(frame.text.usage.monthName(month.startsAt));
  return html`<figure class="stack-s"><div class="plot-box">
<div class="axis-y num" aria-hidden="true">${axis}</div>
<svg class="plot" role="img" aria-label="${label}" viewBox="0 0 ${slots} 100" preserveAspectRatio="none">${grid}${bars}</svg>
<div class="axis-x" aria-hidden="true">${dayLabels(frame, month.startsAt, slots)}</div></div>
<ul class="key" aria-label="${words.apps}">${columns.map(({ label: name, colour }) => html`<li><span class="dot ${colour}"></span>${name}</li>`)}</ul>
<details class="more"><summary>${words.asTable}</summary>${dayTable(frame, columns, days)}</details></figure>`;
}

/** A third of an axis that holds the highest day, in steps people count in. Micro-dollars. */
export function axisStep(highestMicros: number): number {
  const least = highestMicros / 3;
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((steps) => power * steps >= least) ?? 10;
  return Math.max(1, Math.round(power * factor));
}

function dayBars(
  frame: Frame,
  slot: number,
  day: UsageDay,
  columns: readonly AppColumn[],
  fullMicros: number,
): Content {
  let below = 0;
  return columns.map(({ label, colour }, index) => {
    const micros = day.spent[index] ?? 0;
    if (micros === 0) return undefined;
    const height = (micros / fullMicros) * 100;
    below += height;
    const drawn = Math.max(height - 2 * gap, 0.2);
    const title = frame.text.usage.bar(day.at, label, micros);
    return html`<rect class="${colour}" fill="currentColor" x="${(slot + 0.16).toFixed(2)}" y="${(100 - below + gap).toFixed(2)}" width=".68" height="${drawn.toFixed(2)}"><title>${title}</title></rect>`;
  });
}

function dayLabels(frame: Frame, startsAt: number, slots: number): Content {
  const named = [1, 8, 15, 22, slots];
  return named.map((day) => html`<span>${day === 1 ? shortDateText(startsAt, frame.text.language) : day}</span>`);
}

function dayTable(frame: Frame, columns: readonly AppColumn[], days: readonly UsageDay[]): Markup {
  const words = frame.text.usage;
  const heads = [...columns.map(({ label }) => label), words.sum].map(
    (label) => html`<th scope="col" class="r">${label}</th>`,
  );
  const rows = days.map((day) => {
    const amounts = billTexts(day.spent, frame.text.language);
    const cells = [...amounts.rows, amounts.sum].map((amount) => html`<td class="r">${amount}</td>`);
    return html`<tr><th scope="row">${plainDateText(day.at, frame.text.language)}</th>${cells}</tr>`;
  });
  return html`<div class="scroll" tabindex="0"><table class="table"><caption class="vh">${words.byDay}</caption><thead><tr><th scope="col">${words.day}</th>${heads}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function sumOf({ spent }: UsageDay): number {
  return spent.reduce((sum, micros) => sum + micros, 0);
}
