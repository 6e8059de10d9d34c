import { plain } from "../process/terminal-text.ts";

/** Rows under their headings, each column as wide as its widest word. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[], nothing: string): string[] {
  if (rows.length === 0) return [nothing];
  const shown = rows.map((row) => row.map(plain));
  const widths = headings.map((heading, index) => Math.max(width(heading), ...shown.map((row) => width(row[index]!))));
  return [headings, ...shown].map((row) =>
    row
      .map((cell, index) => cell + " ".repeat(widths[index]! - width(cell)))
      .join("  ")
      .trimEnd(),
  );
}

/** Names and values below each other. */
export function facts(pairs: readonly (readonly [string, string | null | undefined])[]): string[] {
  const known = pairs.filter((pair): pair is [string, string] => typeof pair[1] === "string" && pair[1] !== "");
  const widest = Math.max(...known.map(([name]) => name.length));
  return known.map(([name, value]) => `${name.padEnd(widest)}  ${plain(value)}`);
}

function width(text: string): number {
  return [...text].length;
}

/** To the minute; the whole of it is in `--json`. */
export function when(iso: string | null | undefined): string {
  return iso ? `${iso.slice(0, 10)} ${iso.slice(11, 16)}` : "";
}
