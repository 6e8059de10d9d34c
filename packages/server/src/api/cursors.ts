import { Fault } from "../kernel/faults.ts";
import { sha256Base64Url } from "../kernel/hash.ts";
import { openJson, type Sealer, sealJson } from "../kernel/seal.ts";

/** What a cursor belongs to: it opens for the same caller, listing and filter only. */
export interface Listing {
  name: string;
  userId: string;
  filter: unknown;
}

/** Where a page ended, sealed, so that nobody can point it elsewhere. */
export interface Cursors {
  seal(listing: Listing, last: string): string;
  /** @throws Fault `invalid_request` for everything that was not sealed for this listing. */
  open(listing: Listing, cursor: string): string;
}

const purpose = "page_cursor";

export function createCursors(sealer: Sealer): Cursors {
  return {
    seal: (listing, last) => sealJson(sealer, purpose, { of: markOf(listing), last }),
    open(listing, cursor) {
      const read = openJson<{ of: string; last: string }>(sealer, purpose, cursor);
      if (read?.of === markOf(listing)) return read.last;
      throw new Fault("invalid_request", "This cursor is not one of this list. Begin again without it.");
    },
  };
}

function markOf({ name, userId, filter }: Listing): string {
  return sha256Base64Url(JSON.stringify([name, userId, filter]));
}
