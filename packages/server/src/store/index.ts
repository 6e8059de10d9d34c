export type { Db, HasDb, Store } from "./db.ts";
export { migrate, pendingMigrations } from "./migrate.ts";
export { claimOnce, findOnce, forgetExpiredMarks, type Mark } from "./once.ts";
export { openStore, type StoreOptions } from "./open.ts";
export type { Schema } from "./schema/index.ts";
export { query, type Statement, statement } from "./statement.ts";
