import type { Tx } from "../context.ts";
import { statement } from "../store/index.ts";

const set = statement<{ id: string; address: string; now: number }>()((db, p) =>
  db
    .updateTable("users")
    .set({ address: p.address, updated_at: p.now })
    .where("id", "=", p.id)
    .where("deleted_at", "is", null)
    .where(({ eb, or }) => or([eb("address", "is", null), eb("address", "!=", p.address)]))
    .returning("id"),
);

const clear = statement<{ id: string; now: number }>()((db, p) =>
  db
    .updateTable("users")
    .set({ address: null, updated_at: p.now })
    .where("id", "=", p.id)
    .where("deleted_at", "is", null)
    .where("address", "is not", null)
    .returning("id"),
);

/** Undefined when it is this one already, or the user is deleted. */
export const updateAddress = (tx: Tx, id: string, address: string) =>
  set.first(tx, { id, address, now: tx.clock.now() });

export const clearAddress = (tx: Tx, id: string) => clear.first(tx, { id, now: tx.clock.now() });
