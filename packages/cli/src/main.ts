#!/usr/bin/env node
import { ConfigMistakes } from "@innkeeper/server";
import { Command } from "commander";
import { registerApp, setActive } from "./commands/apps.ts";
import { doctor } from "./commands/doctor.ts";
import { createKey, listKeys, revokeKey } from "./commands/keys.ts";
import { audit, unbilled } from "./commands/ledger.ts";
import { migrateDatabase } from "./commands/migrate.ts";
import { newEpoch, rotateKeys } from "./commands/seals.ts";
import { signWithHotkey } from "./commands/sign.ts";
import { start } from "./commands/start.ts";
import { createUser, creditUser, setDisabled } from "./commands/users.ts";
import { CommandFault } from "./process/answer.ts";

// Databases and secrets are nobody else's to read, whatever the folder allows.
process.umask(0o077);

const collect = (value: string, earlier: string[] = []) => [...earlier, value];

/** A command with what every command takes. */
function command(parent: Command, usage: string, description: string): Command {
  return parent
    .command(usage)
    .description(description)
    .option("--config <file>", "configuration file (INNKEEPER_CONFIG)")
    .option("--data <folder>", "folder of the embedded database (INNKEEPER_DATA)")
    .option("--database <url>", "postgres://… instead of the embedded database (DATABASE_URL)")
    .option("--issuer <origin>", "issuer identifier (INNKEEPER_ISSUER)")
    .option("--json", "answer with one line of JSON");
}

const program = new Command("innkeeper").description(
  "Sign in with your platform: identity, consent with a cap, and an exact bill.",
);

command(program, "start", "run the server")
  .option("--port <number>", "port (PORT, 8420)")
  .option("--host <address>", "address to listen on (HOST, 127.0.0.1)")
  .action(start);

command(program, "migrate", "bring the database up to date").action(migrateDatabase);

command(program, "doctor", "say what is wrong and how to mend it").action(doctor);

const users = program.command("users").description("accounts");
command(users, "create", "create an account with its wallet")
  .requiredOption("--username <name>")
  .requiredOption("--email <address>")
  .requiredOption("--password <text>")
  .option("--admin", "make the user an operator")
  .option("--credit <dollars>", "first credit (signup.credit)")
  .action(createUser);
command(users, "credit <name> <amount>", "put dollars into a user's wallet").action(creditUser);
command(users, "disable <name>", "kill the user's sessions, tokens and keys").action((name, flags) =>
  setDisabled(name, true, flags),
);
command(users, "enable <name>", "let a disabled user sign in again").action((name, flags) =>
  setDisabled(name, false, flags),
);

const keys = program.command("keys").description("API keys");
command(keys, "create", "create an API key, shown once")
  .requiredOption("--user <name>")
  .option("--name <label>")
  .option("--scope <scope>", "may be given several times (gateway:access)", collect)
  .option("--full", "everything the user may do")
  .option("--limit <dollars>", "the most the key may ever spend")
  .action(createKey);
command(keys, "list", "list a user's API keys").requiredOption("--user <name>").action(listKeys);
command(keys, "revoke <key-id>", "kill an API key").action(revokeKey);

const apps = program.command("apps").description("apps that sign users in");
command(apps, "create", "register an app; its secret is shown once")
  .requiredOption("--owner <name>")
  .requiredOption("--name <name>")
  .requiredOption("--redirect-uri <uri>", "may be given several times", collect)
  .option("--scope <scope>", "what the app may ask for", collect)
  .option("--public-client", "an app that cannot keep a secret")
  .action(registerApp);
command(apps, "deactivate <app-id>", "kill the app's tokens").action((id, flags) => setActive(id, false, flags));
command(apps, "activate <app-id>", "let a deactivated app begin anew").action((id, flags) =>
  setActive(id, true, flags),
);

const ledger = program.command("ledger").description("money");
command(ledger, "audit", "recompute every balance from the entries").action(audit);
command(ledger, "unbilled", "list calls that ended without a report").action(unbilled);

const signingKeys = program.command("signing-keys").description("keys that sign ID tokens");
command(signingKeys, "rotate", "publish a new key and let it sign once it is known")
  .option("--alg <name>", "RS256 or ES256 (both)")
  .option("--now", "let it sign at once")
  .action(rotateKeys);

program
  .command("sign")
  .description("sign a text, or one call of the API, with a hotkey")
  .requiredOption("--hotkey-file <file>", "64 hexadecimal digits, or JSON with scheme and seed")
  .option("--text <text>", "the text to sign")
  .option("--text-file <file>", "the file that holds the text")
  .option("--url <url>", "the call to sign: its headers are printed")
  .option("--method <name>", "method of the call (GET)")
  .option("--body <text>", "body of the call")
  .option("--issuer <origin>", "issuer identifier, where it is not the origin of the call")
  .option("--json", "answer with one line of JSON")
  .action(signWithHotkey);

const epoch = program.command("epoch").description("the age of everything sealed");
command(epoch, "renew", "after restoring a backup: refuse every session and token from before").action(newEpoch);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommandFault || error instanceof ConfigMistakes)) {
    process.stderr.write(
      `${process.env.INNKEEPER_LOG_LEVEL === "debug" && error instanceof Error ? error.stack : (error as Error).message}\n`,
    );
  } else {
    process.stderr.write(`${error.message}\n`);
  }
  process.exitCode = 1;
}
