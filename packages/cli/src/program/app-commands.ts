import type { Command } from "commander";
import { collect, eitherCommand, insist, isLocal, operatorCommand, remoteCommand } from "./options.ts";

const operators = () => import("../commands/apps.ts");
const mine = () => import("../commands/my-apps.ts");
const shares = () => import("../commands/my-app-shares.ts");

/** Apps: as whoever is signed in, or as the operator on the database. An app is named by id, client_id or name. */
export function addAppCommands(program: Command): void {
  const apps = program.command("apps").description("apps that sign users in");
  addReading(apps);
  addWriting(apps);
  addSecrets(apps);
  addShares(apps);
  addRules(apps);
}

function addReading(apps: Command): void {
  remoteCommand(apps, "list", "list your apps, and those shared with you")
    .option("--search <text>", "in name, description and homepage")
    .option("--all", "everybody's apps in the directory as well")
    .option("--page <number>", "page, from 1")
    .option("--limit <number>", "rows of a page (25)")
    .action(async (flags) => (await mine()).listMyApps(flags));
  remoteCommand(apps, "show <app>", "show one app").action(async (app, flags) => (await mine()).showMyApp(app, flags));
}

function addWriting(apps: Command): void {
  const create = eitherCommand(apps, "create", "register an app; its secret is shown once", [
    "--owner <name>",
    "whose app it is",
  ])
    .requiredOption("--name <name>")
    .requiredOption("--redirect-uri <uri>", "may be given several times", collect)
    .option("--public-client", "an app that cannot keep a secret");
  withFields(create).action(async (flags) => {
    if (!isLocal(flags)) return (await mine()).createMyApp(flags);
    insist(flags.owner, "--owner");
    return (await operators()).registerApp(flags);
  });
  const update = remoteCommand(apps, "update <app>", 'change an app; "" takes a field away')
    .option("--name <name>")
    .option("--redirect-uri <uri>", "all of them anew", collect);
  withFields(update).action(async (app, flags) => (await mine()).updateMyApp(app, flags));
  eitherCommand(apps, "deactivate <app>", "kill the app's tokens").action(async (app, flags) =>
    isLocal(flags)
      ? (await operators()).setActive(app, false, flags)
      : (await mine()).setMyAppActive(app, false, flags),
  );
  eitherCommand(apps, "activate <app>", "let a deactivated app begin anew").action(async (app, flags) =>
    isLocal(flags) ? (await operators()).setActive(app, true, flags) : (await mine()).setMyAppActive(app, true, flags),
  );
  remoteCommand(apps, "delete <app>", "delete an app for good")
    .option("--yes", "without asking")
    .action(async (app, flags) => (await mine()).deleteMyApp(app, flags));
}

function withFields(command: Command): Command {
  return command
    .option("--description <text>")
    .option("--homepage <url>")
    .option("--logo-url <url>")
    .option("--privacy-policy <url>")
    .option("--terms <url>")
    .option("--scope <scope>", "what the app may ask for; may be given several times", collect)
    .option("--listed", "show it in the directory")
    .option("--unlisted", "keep it out of the directory")
    .option("--refresh-days <number>", "how long its refresh tokens live, 1 to 365")
    .option(
      "--grant-type <name>",
      "authorization_code, refresh_token, device_code; may be given several times",
      collect,
    )
    .option("--post-logout-redirect-uri <uri>", "may be given several times", collect)
    .option("--webhook-url <url>", "where it hears of revocations")
    .option("--identity-only", "it may recognise people and never spend")
    .option("--budget <amount/period>", "the cap it proposes, such as 5.00/month")
    .option("--token-format <name>", "of access tokens: sealed or jwt")
    .option("--id-token-alg <name>", "RS256 or ES256");
}

function addSecrets(apps: Command): void {
  remoteCommand(apps, "rotate-secret <app>", "make a new secret, shown once")
    .option("--overlap <time>", "how long the old ones stay good: seconds, or such as 12h (what the platform says)")
    .action(async (app, flags) => (await mine()).rotateMySecret(app, flags));
  remoteCommand(apps, "secrets <app>", "list the secrets that are good now")
    .option("--kill <secret-id>", "end one at once")
    .action(async (app, flags) => (await mine()).listMySecrets(app, flags));
}

function addShares(apps: Command): void {
  remoteCommand(apps, "share <app> <user>", "let somebody else see the app")
    .option("--role <role>", "viewer, or manager who changes it too (viewer)")
    .action(async (app, user, flags) => (await shares()).shareMyApp(app, user, flags));
  remoteCommand(apps, "unshare <app> <user>", "end that").action(async (app, user, flags) =>
    (await shares()).unshareMyApp(app, user, flags),
  );
  remoteCommand(apps, "shares <app>", "list who else sees the app").action(async (app, flags) =>
    (await shares()).listMyShares(app, flags),
  );
}

/** What no owner decides for himself. */
function addRules(apps: Command): void {
  apps.commandsGroup("On the database itself, as its operator:");
  operatorCommand(apps, "allow-grant <app-id> <grant>", "let an app use client_credentials, for example")
    .option("--withdraw", "take it away again")
    .action(async (id, grant, flags) => (await operators()).allowGrant(id, grant, flags));
  operatorCommand(apps, "pkce <app-id>", "whether a confidential app may do without PKCE")
    .option("--waive", "it may, where its library cannot")
    .option("--require", "it may not, as usual")
    .action(async (id, flags) => (await operators()).setPkce(id, flags));
}
