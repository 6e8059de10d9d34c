import type { Command } from "commander";
import { collect, eitherCommand, insist, isLocal, refuse } from "./options.ts";

const operators = () => import("../commands/keys.ts");
const mine = () => import("../commands/my-keys.ts");

/** API keys: one's own, or as the operator on the database those of `--user`. */
export function addKeyCommands(program: Command): void {
  const keys = program.command("keys").description("API keys");
  eitherCommand(keys, "create", "create an API key, shown once", ["--user <name>", "whose key it is"])
    .option("--name <label>")
    .option("--scope <scope>", "may be given several times (gateway:access)", collect)
    .option("--full", "everything you may do")
    .option("--limit <dollars>", "the most the key may spend")
    .option("--period <name>", "of the limit: day, week, month or total (total)")
    .option("--expires <day>", "the last day of the key, such as 2027-01-31")
    .action(async (flags) => {
      if (!isLocal(flags)) return (await mine()).createMyKey(flags);
      insist(flags.user, "--user");
      return (await operators()).createKey(flags);
    });
  eitherCommand(keys, "list", "list API keys", ["--user <name>", "whose keys"])
    .option("--page <number>", "page, from 1")
    .option("--limit <number>", "rows of a page (25)")
    .action(async (flags) => {
      if (!isLocal(flags)) return (await mine()).listMyKeys(flags);
      insist(flags.user, "--user");
      refuse(flags, ["page", "limit"]);
      return (await operators()).listKeys(flags);
    });
  eitherCommand(keys, "revoke <key-id>", "kill an API key").action(async (id, flags) =>
    isLocal(flags) ? (await operators()).revokeKey(id, flags) : (await mine()).revokeMyKey(id, flags),
  );
}
