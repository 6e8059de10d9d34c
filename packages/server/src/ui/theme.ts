import { dark, type Ground, light, tokenRules } from "./styles/tokens.ts";

/** The six colours that come from the operator's one accent. */
export interface BrandTokens {
  accent: string;
  "on-accent": string;
  "accent-hover": string;
  "accent-edge": string;
  "accent-text": string;
  "accent-soft": string;
}

/**
 * The brand of one theme, computed in OKLCH: hue stays, only lightness moves, and only as far as it must until text
 * reaches 4.5:1 and edges 3:1 on every ground. No accent is refused; a colourless one becomes ink.
 */
export function adaptAccent(accent: string, ground: Ground, isDark: boolean): BrandTokens {
  const colour = toOklch(accent);
  if (colour.chroma < 0.03) return inkBrand(ground);
  const fill = adaptFill(accent.toLowerCase(), colour, ground, isDark);
  const onFill = contrast("#ffffff", fill) >= 4.5 ? "#ffffff" : "#000000";
  const step = isDark ? 0.01 : -0.01;
  const soft = mix(fill, ground.card, isDark ? 0.16 : 0.08);
  return {
    accent: fill,
    "on-accent": onFill,
    "accent-hover": mix(fill, onFill === "#ffffff" ? "#000000" : "#ffffff", 0.86),
    "accent-edge": reach(fill, [ground.card, ground.paper, ground.sunk, ground.track], 3, step),
    "accent-text": reach(fill, [ground.card, ground.paper, ground.sunk, soft], 4.5, step),
    "accent-soft": soft,
  };
}

/** The rules that follow the neutral tokens in the sheet. */
export function brandRules(accent: string): string {
  return tokenRules(adaptAccent(accent, light, false), adaptAccent(accent, dark, true));
}

/** WCAG 2.2 contrast of two colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function inkBrand(ground: Ground): BrandTokens {
  return {
    accent: ground.ink,
    "on-accent": ground["on-ink"],
    "accent-hover": ground["ink-2"],
    "accent-edge": ground.ink,
    "accent-text": ground.ink,
    "accent-soft": ground.sunk,
  };
}

function adaptFill(accent: string, colour: Oklch, ground: Ground, isDark: boolean): string {
  const tooDark = isDark && contrast(accent, ground.card) < 4;
  const livelier = { ...colour, chroma: colour.chroma * 1.15 };
  const fill = tooDark ? reach(toHex(livelier), [ground.card, ground.paper], 5.4, 0.01) : accent;
  const deeper = reach(fill, ["#ffffff"], 4.5, -0.005);
  return toOklch(fill).lightness - toOklch(deeper).lightness <= 0.05 ? deeper : fill;
}

/** Moves lightness by small steps until the colour has the contrast on every ground. */
function reach(colour: string, grounds: readonly string[], floor: number, step: number): string {
  const moving = toOklch(colour);
  let reached = colour;
  while (grounds.some((ground) => contrast(reached, ground) < floor)) {
    moving.lightness += step;
    if (moving.lightness < 0 || moving.lightness > 1) return step < 0 ? "#000000" : "#ffffff";
    reached = toHex(moving);
  }
  return reached;
}

type Triple = [number, number, number];

function channels(colour: string): Triple {
  const number = Number.parseInt(colour.slice(1), 16);
  return [(number >> 16) / 255, ((number >> 8) & 255) / 255, (number & 255) / 255];
}

function toColour(parts: Triple): string {
  return `#${parts
    .map((part) =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}

function mix(one: string, other: string, part: number): string {
  const [a, b] = [channels(one), channels(other)];
  return toColour([0, 1, 2].map((i) => a[i]! * part + b[i]! * (1 - part)) as Triple);
}

function toLinear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function fromLinear(part: number): number {
  return part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055;
}

function luminance(colour: string): number {
  const [r, g, b] = channels(colour).map(toLinear) as Triple;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

interface Oklch {
  lightness: number;
  chroma: number;
  hue: number;
}

// The matrices are those of Björn Ottosson's OKLab.
function toOklch(colour: string): Oklch {
  const [r, g, b] = channels(colour).map(toLinear) as Triple;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const x = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const y = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  return { lightness, chroma: Math.hypot(x, y), hue: Math.atan2(y, x) };
}

/** The nearest colour a screen can show: chroma gives way until it fits. */
function toHex({ lightness, chroma, hue }: Oklch): string {
  for (let fitting = chroma; ; fitting *= 0.97) {
    const linear = toLinearRgb(lightness, fitting * Math.cos(hue), fitting * Math.sin(hue));
    if (fitting < 0.001 || linear.every((part) => part > -0.0005 && part < 1.0005)) {
      return toColour(linear.map((part) => fromLinear(Math.min(1, Math.max(0, part)))) as Triple);
    }
  }
}

function toLinearRgb(lightness: number, x: number, y: number): Triple {
  const l = (lightness + 0.3963377774 * x + 0.2158037573 * y) ** 3;
  const m = (lightness - 0.1055613458 * x - 0.0638541728 * y) ** 3;
  const s = (lightness - 0.0894841775 * x - 1.291485548 * y) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}
