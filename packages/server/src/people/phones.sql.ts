import type { Tx } from "../context.ts";
import { statement } from "../store/index.ts";

const set = statement<{ id: string; phone: string; now: number }>()((db, p) =>
  db
    .updateTable("users")
    .set({ phone: p.phone, phone_verified_at: p.now, updated_at: p.now })
    .where("id", "=", p.id)
    .where("disabled_at", "is", null)
    .returning("id"),
);

const clear = statement<{ id: string; now: number }>()((db, p) =>
  db
    .updateTable("users")
    .set({ phone: null, phone_verified_at: null, updated_at: p.now })
    .where("id", "=", p.id)
    .where("phone", "is not", null)
    .returning("id"),
);

const owner = statement<{ phone: string }>()((db, p) =>
  db.selectFrom("users").select("id").where("phone", "=", p.phone).where("phone_verified_at", "is not", null),
);

const marksOf = statement<{ kind: string }>()((db, p) =>
  db
    .selectFrom("once")
    .select(({ fn }) => fn.countAll<number>().as("marks"))
    .where("kind", "=", p.kind),
);

export const updatePhone = (tx: Tx, id: string, phone: string) => set.first(tx, { id, phone, now: tx.clock.now() });

export const clearPhone = (tx: Tx, id: string) => clear.first(tx, { id, now: tx.clock.now() });

export const countMarks = async (tx: Tx, kind: string): Promise<number> => (await marksOf.one(tx, { kind })).marks;

export const selectPhoneOwner = (tx: Tx, phone: string) => owner.first(tx, { phone });
