import type { Clock } from "../kernel/clock.ts";
import type { Random } from "../kernel/random.ts";
import type { Store } from "./db.ts";
import { openPostgres } from "./postgres.ts";
import { openSqlite } from "./sqlite.ts";

export interface StoreOptions {
  /** `sqlite:<path of the file>` or `postgres://user:password@host:port/database` */
  url: string;
  clock: Clock;
  random: Random;
  /** The server: refuses to start beside another one on the same SQLite file. Commands do not ask for it. */
  exclusive?: boolean;
}

/** @throws Error with a sentence for the operator when the database cannot be used. */
export async function openStore({ url, clock, random, exclusive }: StoreOptions): Promise<Store> {
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres({ url, random });
  if (url.startsWith("sqlite:")) return openSqlite({ file: url.slice("sqlite:".length), clock, exclusive });
  throw new Error("The database's URL begins with sqlite: or postgres://");
}
