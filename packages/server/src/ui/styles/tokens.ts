/** The colours that no operator changes. The six of the brand come from `theme.ts`. */

export interface Ground {
  paper: string;
  card: string;
  sunk: string;
  track: string;
  ink: string;
  "ink-2": string;
  "ink-3": string;
  "on-ink": string;
  line: string;
  "line-2": string;
  edge: string;
  focus: string;
  caution: string;
  "caution-bg": string;
  "caution-line": string;
  danger: string;
  "danger-bg": string;
  "danger-line": string;
  "danger-fill": string;
  "on-danger": string;
  good: string;
  "good-bg": string;
  "good-line": string;
  "meter-near": string;
  "meter-full": string;
  "app-1": string;
  "app-2": string;
  "app-3": string;
  "app-4": string;
  lift: string;
}

export const light: Ground = {
  paper: "#f4f3ef",
  card: "#ffffff",
  sunk: "#faf9f6",
  track: "#e9e6de",
  ink: "#1c1b18",
  "ink-2": "#55524a",
  "ink-3": "#69665c",
  "on-ink": "#ffffff",
  line: "#e5e2da",
  "line-2": "#cbc7bb",
  edge: "#868276",
  focus: "#1f5fd6",
  caution: "#6e4700",
  "caution-bg": "#fdf4de",
  "caution-line": "#e6cf96",
  danger: "#a4231c",
  "danger-bg": "#fdf1ef",
  "danger-line": "#ecc5c0",
  "danger-fill": "#b3261e",
  "on-danger": "#ffffff",
  good: "#1d6a3c",
  "good-bg": "#eef6f0",
  "good-line": "#bfdcc8",
  "meter-near": "#a96300",
  "meter-full": "#b3261e",
  "app-1": "#2a7f70",
  "app-2": "#b9812a",
  "app-3": "#4767b8",
  "app-4": "#9c5a7c",
  lift: "0 1px 2px rgb(40 36 26 / .05), 0 12px 32px -16px rgb(40 36 26 / .16)",
};

export const dark: Ground = {
  paper: "#131311",
  card: "#1c1c19",
  sunk: "#22221f",
  track: "#34332f",
  ink: "#f2f0ea",
  "ink-2": "#bcb8ad",
  "ink-3": "#9c988d",
  "on-ink": "#131311",
  line: "#2e2d29",
  "line-2": "#4a4842",
  edge: "#7e7a70",
  focus: "#8ab4ff",
  caution: "#f0cf86",
  "caution-bg": "#2d2615",
  "caution-line": "#5a4a22",
  danger: "#ff9f97",
  "danger-bg": "#331d1b",
  "danger-line": "#653430",
  "danger-fill": "#f28b82",
  "on-danger": "#000000",
  good: "#8fd3a8",
  "good-bg": "#1b2a20",
  "good-line": "#31523d",
  "meter-near": "#e0a13c",
  "meter-full": "#f28b82",
  "app-1": "#3fa893",
  "app-2": "#cf9a45",
  "app-3": "#7f9be6",
  "app-4": "#c785a8",
  lift: "0 0 0 transparent",
};

/** `scheme` and custom properties, once for the attribute and once for the reader's own setting. */
export function tokenRules(lightTokens: object, darkTokens: object): string {
  const own = declarations("light", lightTokens);
  const night = declarations("dark", darkTokens);
  return [
    `:root, [data-theme="light"] { ${own} }`,
    `[data-theme="dark"] { ${night} }`,
    `@media (prefers-color-scheme: dark) { :root:not([data-theme]) { ${night} } }`,
  ].join("\n");
}

function declarations(scheme: string, tokens: object): string {
  const lines = Object.entries(tokens).map(([name, value]) => `--${name}: ${value};`);
  return [`color-scheme: ${scheme};`, ...lines].join(" ");
}
