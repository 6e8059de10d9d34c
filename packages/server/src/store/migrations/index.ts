import type { Dialect } from "../db.ts";
import { firstHouse } from "./0001-first-house.ts";
import { registry } from "./0002-registry.ts";
import { commandLine } from "./0003-command-line.ts";
import { appSearch } from "./0004-app-search.ts";
import { accounts } from "./0005-accounts.ts";
import { lookAlikes } from "./0006-look-alikes.ts";

export interface Migration {
  name: string;
  /** The statements, in order; all of them run in one transaction. */
  statements(dialect: Dialect): string[];
}

/** In the order in which they are applied. A published migration never changes. */
export const migrations: readonly Migration[] = [
  { name: "0001-first-house", statements: firstHouse },
  { name: "0002-registry", statements: registry },
  { name: "0003-command-line", statements: commandLine },
  { name: "0004-app-search", statements: appSearch },
  { name: "0005-accounts", statements: accounts },
  { name: "0006-look-alikes", statements: lookAlikes },
];
