import type { Tx } from "../context.ts";
import { statement } from "../store/index.ts";

const update = statement<{
  userId: string;
  displayName: string;
  nickname: string | null;
  locale: string | null;
  now: number;
}>()((db, p) =>
  db
    .updateTable("users")
    .set({ display_name: p.displayName, nickname: p.nickname, locale: p.locale, updated_at: p.now })
    .where("id", "=", p.userId)
    .where("deleted_at", "is", null)
    .returning("id"),
);

export const updateProfile = (tx: Tx, profile: Omit<Parameters<typeof update.first>[1], "now">) =>
  update.first(tx, { ...profile, now: tx.clock.now() });

const speak = statement<{ userId: string; locale: string; now: number }>()((db, p) =>
  db
    .updateTable("users")
    .set({ locale: p.locale, updated_at: p.now })
    .where("id", "=", p.userId)
    .where("deleted_at", "is", null)
    .returning("id"),
);

export const updateLocale = (tx: Tx, change: { userId: string; locale: string }) =>
  speak.first(tx, { ...change, now: tx.clock.now() });
