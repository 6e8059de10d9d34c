import type { Ctx } from "../context.ts";
import { type RowPage, selectCallRows, selectEntryRows, selectPersonalRows } from "./rows.sql.ts";

type Row = Record<string, unknown>;

const pageLength = 500;
/** Columns that hold JSON. */
const nested: ReadonlySet<string> = new Set([
  ...["detail", "address", "answered", "windows", "prices", "usage", "redirect_uris", "allowed_scopes"],
]);

/** The sections by name, beside those of the bill. */
export type ExportPart = {
  calls: Row[];
  next_calls: string | null;
  entries: Row[];
  next_entries: string | null;
};

/** Where the next part of an export begins. */
export interface ExportPlace {
  calls?: string | undefined;
  entries?: string | undefined;
}

/**
 * Everything about somebody, but secrets. Calls and entries of the bill come newest first in parts: `next_calls` and
 * `next_entries` are where the next part goes on, null at the end.
 */
export async function exportPart(ctx: Ctx, userId: string, place: ExportPlace = {}): Promise<ExportPart> {
  const isFirst = place.calls === undefined && place.entries === undefined;
  const rows = isFirst ? await selectPersonalRows(ctx, userId) : {};
  const none = { rows: [], next: null };
  const calls = isFirst || place.calls !== undefined ? await callPage(ctx, userId, place.calls) : none;
  const entries = isFirst || place.entries !== undefined ? await entryPage(ctx, userId, place.entries) : none;
  return {
    ...Object.fromEntries(Object.entries(rows).map(([section, found]) => [section, found.map(readable)])),
    calls: calls.rows,
    next_calls: calls.next,
    entries: entries.rows,
    next_entries: entries.next,
  };
}

/** The same as one JSON text, however long: nothing of it is kept but the part that is being written. */
export async function* exportText(ctx: Ctx, userId: string): AsyncGenerator<string> {
  const rows = await selectPersonalRows(ctx, userId);
  yield `{"exported_at":${JSON.stringify(new Date(ctx.clock.now()).toISOString())}`;
  for (const [section, found] of Object.entries(rows)) {
    yield `,\n${JSON.stringify(section)}:${JSON.stringify(found.map(readable), undefined, 1)}`;
  }
  yield* listText("calls", (before) => callPage(ctx, userId, before));
  yield* listText("entries", (before) => entryPage(ctx, userId, before));
  yield "}\n";
}

interface ReadPage {
  rows: Row[];
  next: string | null;
}

async function* listText(section: string, read: (before: string | undefined) => Promise<ReadPage>) {
  yield `,\n"${section}":[`;
  let separator = "";
  for (let before: string | null | undefined; before !== null; ) {
    const page = await read(before);
    for (const row of page.rows) {
      yield `${separator}\n${JSON.stringify(row)}`;
      separator = ",";
    }
    before = page.next;
  }
  yield "]";
}

const callPage = (ctx: Ctx, userId: string, before: string | undefined) =>
  readPage(
    ({ limit }) => selectCallRows(ctx, { userId, before, limit }),
    ({ id }) => String(id),
  );

const entryPage = (ctx: Ctx, userId: string, before: string | undefined) =>
  readPage(
    ({ limit }) => selectEntryRows(ctx, { userId, before, limit }),
    ({ seq }) => String(seq),
  );

async function readPage(
  select: (page: Pick<RowPage, "limit">) => Promise<Row[]>,
  placeOf: (row: Row) => string,
): Promise<ReadPage> {
  const rows = await select({ limit: pageLength });
  const last = rows.at(-1);
  return { rows: rows.map(readable), next: last && rows.length === pageLength ? placeOf(last) : null };
}

/** Times as texts, and what is stored as JSON as what it is. */
function readable(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (name.endsWith("_at") && typeof value === "number") return [name, new Date(value).toISOString()];
      return [name, nested.has(name) && typeof value === "string" ? JSON.parse(value) : value];
    }),
  );
}
