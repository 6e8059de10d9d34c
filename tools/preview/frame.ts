import { type Frame, findLanguage, type Text, textIn } from "../../packages/server/src/ui/index.ts";

function picture(box: number, drawing: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${box} ${box}" fill="#1d8a73">${drawing}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** English words that are written from right to left, to see whether a page is built for both ways. */
const mirrored = { ...textIn("en"), direction: "rtl" } as const satisfies Text;

/** The language named on the command line: `de`, `ja`, or `rtl` for a language that is written from right to left. */
const named = process.argv[3] ?? "en";

export const frame: Frame = {
  text: named === "rtl" ? mirrored : textIn(findLanguage([named]) ?? "en"),
  here: "/account/connected",
  now: Date.UTC(2026, 10, 21, 14, 44, 7),
  brand: {
    name: "Acme AI",
    accent: "#0b6b57",
    logoUrl: picture(
      24,
      '<path d="M12 2.5 22.5 21h-5.4L12 11.6 6.9 21H1.5L12 2.5Z"/><circle cx="12" cy="18.6" r="2.4"/>',
    ),
    links: { privacy: "/privacy", terms: "/terms", help: "/help" },
  },
};

/** A long name, no logo, and a colour on which white cannot be read. */
export const longBrand: Frame = {
  ...frame,
  brand: { name: "Nordöstliche Modellvermittlung International", accent: "#ffd400", links: {} },
};

export const person = { label: "maya@fennick.example", csrf: "7b1f" };
