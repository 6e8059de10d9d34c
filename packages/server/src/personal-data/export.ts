import type { Ctx } from "../context.ts";
import { selectAuditRows } from "./audit-rows.sql.ts";
import { type RowPage, selectCallRows, selectEntryRows, selectPersonalRows } from "./rows.sql.ts";

type Row = Record<string, unknown>;

/** Reading everything costs. So often one person may begin, at each door. */
export const exportLimit = { attempts: 5, seconds: 600 };

const pageLength = 500;
/** Columns that hold JSON. */
const nested: ReadonlySet<string> = new Set([
  ...["detail", "address", "answered", "windows", "prices", "usage", "redirect_uris", "allowed_scopes"],
]);

interface ReadPage {
  rows: Row[];
  next: string | null;
}

/** What may be long, newest first: each is read in parts. */
const lists = {
  calls: (ctx: Ctx, userId: string, before: string | undefined) =>
    readPage(
      ({ limit }) => selectCallRows(ctx, { userId, before, limit }),
      ({ id }) => String(id),
    ),
  entries: (ctx: Ctx, userId: string, before: string | undefined) =>
    readPage(
      ({ limit }) => selectEntryRows(ctx, { userId, before, limit }),
      ({ seq }) => String(seq),
    ),
  audit_log: (ctx: Ctx, userId: string, before: string | undefined) =>
    readPage(
      ({ limit }) => selectAuditRows(ctx, { userId, before, limit }),
      ({ id }) => String(id),
    ),
} satisfies Record<string, (ctx: Ctx, userId: string, before: string | undefined) => Promise<ReadPage>>;

type List = keyof typeof lists;
const listNames = Object.keys(lists) as List[];

/** The sections by name, beside the long ones. */
export type ExportPart = Record<List, Row[]> & Record<`next_${List}`, string | null>;

/** Where the next part of an export begins. */
export type ExportPlace = { [Name in List]?: string | undefined };

/**
 * Everything about somebody, but secrets. What may be long comes newest first in parts: `next_calls` and its like are where
 * the next part goes on, null at the end.
 */
export async function exportPart(ctx: Ctx, userId: string, place: ExportPlace = {}): Promise<ExportPart> {
  const isFirst = listNames.every((name) => place[name] === undefined);
  const sections = isFirst ? await selectPersonalRows(ctx, userId) : {};
  const part: Record<string, unknown> = Object.fromEntries(
    Object.entries(sections).map(([section, found]) => [section, found.map(readable)]),
  );
  for (const name of listNames) {
    const isAsked = isFirst || place[name] !== undefined;
    const { rows, next } = isAsked ? await lists[name](ctx, userId, place[name]) : { rows: [], next: null };
    part[name] = rows.map(readable);
    part[`next_${name}`] = next;
  }
  return part as ExportPart;
}

/** The same as one JSON text, however long: nothing of it is kept but the part that is being written. */
export async function* exportText(ctx: Ctx, userId: string): AsyncGenerator<string> {
  const rows = await selectPersonalRows(ctx, userId);
  yield `{"exported_at":${JSON.stringify(new Date(ctx.clock.now()).toISOString())}`;
  for (const [section, found] of Object.entries(rows)) {
    yield `,\n${JSON.stringify(section)}:${JSON.stringify(found.map(readable), undefined, 1)}`;
  }
  for (const name of listNames) yield* listText(name, (before) => lists[name](ctx, userId, before));
  yield "}\n";
}

async function* listText(section: string, read: (before: string | undefined) => Promise<ReadPage>) {
  yield `,\n"${section}":[`;
  let separator = "";
  for (let before: string | null | undefined; before !== null; ) {
    const page = await read(before);
    for (const row of page.rows) {
      yield `${separator}\n${JSON.stringify(readable(row))}`;
      separator = ",";
    }
    before = page.next;
  }
  yield "]";
}

async function readPage(
  select: (page: Pick<RowPage, "limit">) => Promise<Row[]>,
  placeOf: (row: Row) => string,
): Promise<ReadPage> {
  const rows = await select({ limit: pageLength });
  const last = rows.at(-1);
  return { rows, next: last && rows.length === pageLength ? placeOf(last) : null };
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
