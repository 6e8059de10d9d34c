import type { Command } from "commander";
import { collect, remoteCommand } from "./options.ts";

/** Signing in to a platform, and what of it belongs to the person. */
export function addAccountCommands(program: Command): void {
  program.commandsGroup("To use a platform:");
  remoteCommand(program, "login", "sign in to a platform: in the browser, or by a code where there is none")
    .option("--device", "by a code that is entered on another device")
    .option("--scope <scope>", "ask for less; may be given several times", collect)
    .option("--hotkey-file <file>", "with a linked key that signs every call")
    .action(async (flags) => (await import("../commands/login.ts")).login(flags));
  remoteCommand(program, "logout", "end the sign-in at the platform and forget it here")
    .option("--forget", "only forget it here")
    .action(async (flags) => (await import("../commands/logout.ts")).logout(flags));
  remoteCommand(program, "whoami", "say who is signed in, and where").action(async (flags) =>
    (await import("../commands/whoami.ts")).whoami(flags),
  );
  addAuthorizations(program);
  addSessions(program);
  addSign(program);
}

function addAuthorizations(program: Command): void {
  const authorizations = program.command("authorizations").description("what you allow to apps");
  remoteCommand(authorizations, "list", "list what you allow")
    .option("--page <number>", "page, from 1")
    .option("--limit <number>", "rows of a page (25)")
    .action(async (flags) => (await import("../commands/authorizations.ts")).listAuthorizations(flags));
  remoteCommand(authorizations, "revoke <app-id>", "end what you allow to an app").action(async (id, flags) =>
    (await import("../commands/authorizations.ts")).revokeAuthorization(id, flags),
  );
}

function addSessions(program: Command): void {
  const sessions = program.command("sessions").description("browsers you are signed in with");
  remoteCommand(sessions, "list", "list them").action(async (flags) =>
    (await import("../commands/sessions.ts")).listSessions(flags),
  );
  remoteCommand(sessions, "revoke [session-id]", "sign one out")
    .option("--all", "all of them")
    .action(async (id, flags) => (await import("../commands/sessions.ts")).revokeSession(id, flags));
}

function addSign(program: Command): void {
  program
    .command("sign")
    .description("sign a text, or one call of the API, with a hotkey")
    .requiredOption("--hotkey-file <file>", "64 hexadecimal digits, or JSON with scheme and seed")
    .option("--text <text>", "the text to sign")
    .option("--text-file <file>", "the file that holds the text")
    .option("--url <url>", "the call to sign: its headers are printed")
    .option("--method <name>", "method of the call (GET)")
    .option("--body <text>", "body of the call")
    .option("--sign-in", "print the address that signs you in when a browser opens it")
    .option("--issuer <origin>", "the platform to sign in to, or of a call whose origin is another")
    .option("--json", "answer with one line of JSON")
    .action(async (flags) => (await import("../commands/sign.ts")).signWithHotkey(flags));
}
