import { type Content, type Frame, html, type Person, renderOffice } from "../../ui/index.ts";

export type OperatorRoom = "users" | "audit" | "ledger";

/** Whoever looks, and where they may go. */
export interface Staff {
  person: Person;
  rooms: readonly OperatorRoom[];
}

export interface OperatorPage {
  room: OperatorRoom;
  /** @default the name of the room */
  title?: string;
  failed?: boolean;
  staff: Staff;
  body: Content;
}

export function renderOperatorPage(frame: Frame, { room, title, failed, staff, body }: OperatorPage): string {
  const words = frame.text.operator;
  const rooms = staff.rooms.map((each) => ({ path: `/operator/${each}`, words: words[each], current: each === room }));
  const named = title ?? words[room];
  return renderOffice(frame, {
    title: named,
    ...(failed !== undefined && { failed }),
    person: staff.person,
    label: words.rooms,
    rooms: [...rooms, { path: "/account", words: words.backToAccount, current: false }],
    body: html`<div class="title"><h1>${named}</h1></div><div class="stack">${body}</div>`,
  });
}

/** A page of a list that goes on. */
export function pager(
  { text }: Frame,
  { begun, older }: { begun?: string | undefined; older?: string | undefined },
): Content {
  const words = text.operator;
  if (begun === undefined && older === undefined) return undefined;
  const newest = begun !== undefined && html`<a class="btn btn-s btn-quiet" href="${begun}">${words.newest}</a>`;
  const next = older !== undefined && html`<a class="btn btn-s" href="${older}">${words.older}</a>`;
  return html`<div class="row pager">${newest}${next}</div>`;
}

/** The query of a page, of what is given. */
export function addressOf(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
