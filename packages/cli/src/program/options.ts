import type { Command } from "commander";
import { UsageFault } from "../process/answer.ts";

/** For options that may be given several times. */
export const collect = (value: string, earlier: string[] = []) => [...earlier, value];

/** A command of the operator, on the database itself. */
export function operatorCommand(parent: Command, usage: string, description: string): Command {
  return withDatabase(parent.command(usage).description(description))
    .option("--issuer <origin>", "issuer identifier (INNKEEPER_ISSUER)")
    .option("--json", "answer with one line of JSON");
}

/** A command of whoever is signed in, to a platform anywhere. */
export function remoteCommand(parent: Command, usage: string, description: string): Command {
  return parent
    .command(usage)
    .description(description)
    .option("--issuer <url>", "the platform (INNKEEPER_ISSUER, else the one signed in to last)")
    .option("--profile <name>", "the sign-in to use, where there are several")
    .option("--json", "answer with one line of JSON");
}

/**
 * Both, told apart by {@link isLocal}.
 *
 * @param whose the option with which an operator names somebody
 */
export function eitherCommand(parent: Command, usage: string, description: string, whose?: [string, string]): Command {
  const command = remoteCommand(parent, usage, description).optionsGroup("On the database itself, as its operator:");
  if (whose) command.option(...whose);
  return withDatabase(command.option("--local", "the database of this machine")).optionsGroup("Options:");
}

function withDatabase(command: Command): Command {
  return command
    .option("--config <file>", "configuration file (INNKEEPER_CONFIG)")
    .option("--data <folder>", "folder of the embedded database (INNKEEPER_DATA)")
    .option("--database <url>", "postgres://… instead of the embedded database (DATABASE_URL)");
}

export interface EitherFlags {
  local?: boolean;
  config?: string;
  data?: string;
  database?: string;
  profile?: string;
  /** Whose app or key: only an operator names somebody else. */
  owner?: string;
  user?: string;
}

/** Whoever names a user or a database means the database; everybody else means the platform they are signed in to. */
export function isLocal(flags: EitherFlags): boolean {
  const { local, config, data, database, owner, user } = flags;
  const isOperators = local === true || [config, data, database, owner, user].some((value) => value !== undefined);
  if (isOperators && flags.profile !== undefined) {
    throw new UsageFault("--profile is for a platform you are signed in to, and the rest is for the database itself.");
  }
  return isOperators;
}

/** What the other way has no use for is a mistake, not a wish to pass over. */
export function refuse(flags: object, names: readonly string[]): void {
  const given = names.find((name) => name in flags);
  if (given !== undefined) throw new UsageFault(`On the database itself, --${given} means nothing.`);
}

/** What only one of both ways needs. */
export function insist(value: string | undefined, option: string): string {
  if (value !== undefined) return value;
  throw new UsageFault(`On the database itself, ${option} is needed.`);
}
