import { type Frame, html, type Markup } from "../../ui/index.ts";

/** One way to sign in: what it is, how it stands, and where it is changed. */
export interface WayFace {
  href: string;
  name: string;
  state: string;
}

export function waysList({ text }: Frame, ways: readonly WayFace[]): Markup {
  const words = text.ways;
  const rows = ways.map(
    ({ href, name, state }) => html`<li class="way">
    <div><h3>${name}</h3><p class="fine num">${state}</p></div>
    <a class="btn btn-s" href="${href}" aria-label="${words.manageOf(name)}">${words.manage}</a></li>`,
  );
  return html`<section class="panel" aria-labelledby="ways"><h2 id="ways">${words.title}</h2><ul>${rows}</ul></section>`;
}
