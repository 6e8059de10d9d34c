import type { Tx } from "../context.ts";
import { query } from "../store/index.ts";

const tables = ["api_keys", "token_families", "grants", "app_shares"] as const;

/** What somebody allowed and was given. The bill does not need it: it names apps, keys and grants by number. */
export async function deleteRightRows(tx: Tx, userId: string): Promise<void> {
  for (const table of tables) {
    await query(tx, (db) => db.deleteFrom(table).where("user_id", "=", userId).returning("user_id"));
  }
}
