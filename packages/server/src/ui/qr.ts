import { html, type Markup } from "./markup.ts";

/** The squares of a QR code, row by row; dark where it is not zero. */
export interface Squares {
  size: number;
  data: Uint8Array;
}

export async function squaresOf(text: string): Promise<Squares> {
  const { create } = await import("qrcode");
  const { size, data } = create(text, { errorCorrectionLevel: "M" }).modules;
  return { size, data };
}

/** ISO/IEC 18004 6.3.8: so many light squares on each side, or cameras do not find it. */
const quiet = 4;

/** Dark on light in every theme: half of the cameras read nothing else. */
export function qrPicture({ size, data }: Squares, label: string): Markup {
  const side = size + 2 * quiet;
  return html`<svg role="img" aria-label="${label}" viewBox="0 0 ${side} ${side}" width="204" height="204" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#fff"/><path fill="#000" d="${runs(size, data).join("")}"/></svg>`;
}

function runs(size: number, data: Uint8Array): string[] {
  const found: string[] = [];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const from = x;
      while (x < size && data[y * size + x]) x++;
      if (x > from) found.push(`M${from + quiet} ${y + quiet}h${x - from}v1h${from - x}z`);
    }
  }
  return found;
}
