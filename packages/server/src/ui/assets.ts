import { sha256Base64Url } from "../kernel/hash.ts";
import type { Brand } from "./brand.ts";
import { tabMark } from "./icons.ts";
import { styleSheet } from "./styles/index.ts";
import { light } from "./styles/tokens.ts";
import { adaptAccent } from "./theme.ts";

/** A text the server serves beside the pages. The path names its content, so it may be cached for ever. */
export interface Asset {
  path: string;
  contentType: string;
  body: string;
}

export interface Assets {
  sheet: Asset;
  /** The icon of the browser's tab when the operator has no logo. */
  mark: Asset;
}

// One brand per process; a second one appears in tests only.
const made = new Map<string, Assets>();

export function assetsFor(brand: Brand): Assets {
  const known = made.get(brand.accent);
  if (known) return known;
  const assets = makeAssets(brand.accent);
  made.set(brand.accent, assets);
  return assets;
}

function makeAssets(accent: string): Assets {
  const sheet = styleSheet(accent);
  const colours = adaptAccent(accent, light, false);
  const mark = tabMark(colours.accent, colours["on-accent"]);
  return {
    sheet: { path: `/assets/look.${fingerprint(sheet)}.css`, contentType: "text/css; charset=utf-8", body: sheet },
    mark: { path: `/assets/mark.${fingerprint(mark)}.svg`, contentType: "image/svg+xml", body: mark },
  };
}

function fingerprint(body: string): string {
  return sha256Base64Url(body).slice(0, 12);
}
