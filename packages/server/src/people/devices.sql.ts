import type { Ctx, Tx } from "../context.ts";
import { statement } from "../store/index.ts";
import type { DevicesTable } from "../store/schema/accounts.ts";

const touch = statement<{ userId: string; id: string; name: string; now: number }>()((db, p) =>
  db
    .updateTable("devices")
    .set({ name: p.name, last_used_at: p.now })
    .where("user_id", "=", p.userId)
    .where("id", "=", p.id)
    .returning("id"),
);

const insert = statement<DevicesTable>()((db, p) =>
  db
    .insertInto("devices")
    .values({
      user_id: p.user_id,
      id: p.id,
      name: p.name,
      created_at: p.created_at,
      last_used_at: p.last_used_at,
    })
    .onConflict((conflict) => conflict.columns(["user_id", "id"]).doNothing())
    .returning("id"),
);

const one = statement<{ userId: string; id: string }>()((db, p) =>
  db.selectFrom("devices").selectAll().where("user_id", "=", p.userId).where("id", "=", p.id),
);

const ofUser = statement<{ userId: string }>()((db, p) =>
  db.selectFrom("devices").selectAll().where("user_id", "=", p.userId).orderBy("last_used_at", "desc").orderBy("id"),
);

const remove = statement<{ userId: string; id: string }>()((db, p) =>
  db.deleteFrom("devices").where("user_id", "=", p.userId).where("id", "=", p.id).returning("id"),
);

const removeWithoutSession = statement<{ userId: string }>()((db, p) =>
  db
    .deleteFrom("devices")
    .where("user_id", "=", p.userId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("sessions")
            .select("sessions.id")
            .whereRef("sessions.user_id", "=", "devices.user_id")
            .whereRef("sessions.device_id", "=", "devices.id"),
        ),
      ),
    )
    .returning("id"),
);

export const touchDevice = (tx: Tx, device: { userId: string; id: string; name: string }) =>
  touch.first(tx, { ...device, now: tx.clock.now() });

/** Undefined when it is there already. */
export function insertDevice(tx: Tx, { userId, id, name }: { userId: string; id: string; name: string }) {
  const now = tx.clock.now();
  return insert.first(tx, { user_id: userId, id, name, created_at: now, last_used_at: now });
}

export const selectDevice = (ctx: Ctx, userId: string, id: string) => one.first(ctx, { userId, id });

/** The last used first. */
export const selectDevices = (ctx: Ctx, userId: string) => ofUser.all(ctx, { userId });

export const deleteDevicesWithoutSession = (tx: Tx, userId: string) => removeWithoutSession.all(tx, { userId });

export const deleteDevice = (tx: Tx, userId: string, id: string) => remove.first(tx, { userId, id });
