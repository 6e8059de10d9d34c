import { html, type Markup, trusted } from "./markup.ts";

interface Shape {
  box: number;
  drawing: string;
}

const shapes = {
  key: {
    box: 16,
    drawing: `<path fill-rule="evenodd" d="M7.25.5a3.75 3.75 0 0 1 1 7.364V10h4.25v1.75H8.25v1.5H11V15H6.25V7.864A3.75 3.75 0 0 1 7.25.5Zm0 2a1.75 1.75 0 1 0 0 3.5 1.75 1.75 0 0 0 0-3.5Z"/>`,
  },
  slip: {
    box: 16,
    drawing: `<path fill-rule="evenodd" d="M3 1h10v14l-2.5-1.6L8 15l-2.5-1.6L3 15V1Zm2.5 3.25v1.5h5v-1.5h-5Zm0 3.5v1.5h3v-1.5h-3Z"/>`,
  },
  check: {
    box: 20,
    drawing: `<path fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" d="m4.5 10.5 3.6 3.6 7.4-8.2"/>`,
  },
  warn: {
    box: 20,
    drawing: `<circle cx="10" cy="10" r="7.25" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M9.2 5.8h1.6l-.25 5.4h-1.1L9.2 5.8Z"/><circle cx="10" cy="13.4" r="1"/>`,
  },
  good: {
    box: 20,
    drawing: `<circle cx="10" cy="10" r="7.25" fill="none" stroke="currentColor" stroke-width="1.5"/><path fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" d="m6.8 10.2 2.2 2.2 4.2-4.7"/>`,
  },
  seal: {
    box: 16,
    drawing: `<path fill-rule="evenodd" d="m8 .8 1.7 1.3 2.1-.2.8 2 1.9 1-.3 2.1 1 1.9-1.5 1.5-.1 2.2-2.1.5-1.2 1.8-2-.8-2 .8-1.2-1.8-2.1-.5-.1-2.2L1.4 8.9l1-1.9L2.1 4.9l1.9-1 .8-2 2.1.2L8 .8Zm3.6 5.1-1.05-1.05L7.2 8.2 5.5 6.5 4.45 7.55 7.2 10.3l4.4-4.4Z"/>`,
  },
} as const satisfies Record<string, Shape>;

export type IconName = keyof typeof shapes;

/** Always beside words, so it says nothing to a screen reader. `size` in pixels. */
export function icon(name: IconName, size: number): Markup {
  return html`<svg width="${size}" height="${size}" aria-hidden="true"><use href="#i-${name}"/></svg>`;
}

/** The drawings of the icons used in `page`, each once. */
export function spriteFor(page: string): Markup | undefined {
  const used = Object.entries(shapes).filter(([name]) => page.includes(`<use href="#i-${name}"/>`));
  if (used.length === 0) return undefined;
  const symbols = used.map(([name, { box, drawing }]) => {
    return `<symbol id="i-${name}" viewBox="0 0 ${box} ${box}">${drawing}</symbol>`;
  });
  return html`<svg width="0" height="0" hidden aria-hidden="true">${trusted(symbols.join(""))}</svg>`;
}

/** The mark of the house on the operator's colour, for the tab of the browser when there is no logo. */
export function tabMark(ground: string, ink: string): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="${ground}"/>`,
    `<g fill="${ink}" transform="translate(5.5 4.5) scale(1.4375)">${shapes.key.drawing}</g></svg>`,
  ].join("");
}
