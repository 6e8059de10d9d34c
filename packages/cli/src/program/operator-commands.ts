import type { Command } from "commander";
import { operatorCommand } from "./options.ts";

/** The server, and what its operator does on the database itself. Each is loaded when it is asked for. */
export function addOperatorCommands(program: Command): void {
  program.commandsGroup("To run a platform:");
  operatorCommand(program, "start", "run the server")
    .option("--port <number>", "port (PORT, 8420)")
    .option("--host <address>", "address to listen on (HOST, 127.0.0.1)")
    .action(async (flags) => (await import("../commands/start.ts")).start(flags));
  operatorCommand(program, "migrate", "bring the database up to date").action(async (flags) =>
    (await import("../commands/migrate.ts")).migrateDatabase(flags),
  );
  operatorCommand(program, "doctor", "say what is wrong and how to mend it").action(async (flags) =>
    (await import("../commands/doctor.ts")).doctor(flags),
  );
  addUsers(program);
  addLedger(program);
  addSeals(program);
}

function addUsers(program: Command): void {
  const users = program.command("users").description("accounts, on the database itself");
  operatorCommand(users, "create", "create an account with its wallet")
    .requiredOption("--username <name>")
    .requiredOption("--email <address>")
    .requiredOption("--password <text>")
    .option("--email-verified", "you vouch for the address: it signs in, and brings back who forgot the password")
    .option("--admin", "make the user an operator")
    .option("--credit <dollars>", "first credit (signup.credit)")
    .action(async (flags) => (await import("../commands/users.ts")).createUser(flags));
  operatorCommand(users, "credit <name> <amount>", "put dollars into a user's wallet").action(
    async (name, amount, flags) => (await import("../commands/users.ts")).creditUser(name, amount, flags),
  );
  operatorCommand(users, "disable <name>", "kill the user's sessions, tokens and keys").action(async (name, flags) =>
    (await import("../commands/users.ts")).setDisabled(name, true, flags),
  );
  operatorCommand(users, "role <name> <role>", "give a role: user, support, auditor or operator").action(
    async (name, role, flags) => (await import("../commands/users.ts")).setRole(name, role, flags),
  );
  operatorCommand(users, "enable <name>", "let a disabled user sign in again").action(async (name, flags) =>
    (await import("../commands/users.ts")).setDisabled(name, false, flags),
  );
}

function addLedger(program: Command): void {
  const ledger = program.command("ledger").description("money, on the database itself");
  operatorCommand(ledger, "audit", "recompute every balance from the entries").action(async (flags) =>
    (await import("../commands/ledger.ts")).audit(flags),
  );
  operatorCommand(ledger, "unbilled", "list calls that ended without a report").action(async (flags) =>
    (await import("../commands/ledger.ts")).unbilled(flags),
  );
}

function addSeals(program: Command): void {
  const signingKeys = program.command("signing-keys").description("keys that sign ID tokens");
  operatorCommand(signingKeys, "rotate", "publish a new key and let it sign once it is known")
    .option("--alg <name>", "RS256 or ES256 (both)")
    .option("--now", "let it sign at once")
    .action(async (flags) => (await import("../commands/seals.ts")).rotateKeys(flags));
  const epoch = program.command("epoch").description("the age of everything sealed");
  operatorCommand(epoch, "renew", "after restoring a backup: refuse every session and token from before").action(
    async (flags) => (await import("../commands/seals.ts")).newEpoch(flags),
  );
}
