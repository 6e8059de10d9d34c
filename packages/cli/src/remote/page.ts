import { UsageFault } from "../process/answer.ts";
import type { RemoteFlags } from "./remote-flags.ts";

export interface PageFlags extends RemoteFlags {
  page?: string;
  limit?: string;
}

/** One page of a list of the registry; pages are counted from zero there and from one here. */
export interface Page<Item> {
  total: number;
  page: number;
  limit: number;
  items: Item[];
}

export function pageQuery({ page, limit }: PageFlags): { page: number | undefined; limit: number | undefined } {
  const number = readCount(page, "--page");
  return { page: number === undefined ? undefined : number - 1, limit: readCount(limit, "--limit") };
}

/** Says what is not shown, and only then. */
export function pageLine({ total, page, limit, items }: Page<unknown>): string[] {
  if (items.length === total) return [];
  return [`Page ${page + 1} of ${Math.max(1, Math.ceil(total / limit))}, ${total} in all.`];
}

export function readCount(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageFault(`${name} must be a number above zero.`);
}
