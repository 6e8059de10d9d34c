const segments = new Intl.Segmenter();

/** The first letter as a person sees it, for a tile without a logo. */
export function initialOf(name: string): string {
  const first = segments.segment(name.trim())[Symbol.iterator]().next();
  return first.done ? "?" : first.value.segment.toUpperCase();
}
