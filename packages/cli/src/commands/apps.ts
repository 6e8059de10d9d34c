import {
  type App,
  type AppChange,
  activateApp,
  appMetadata,
  appScopes,
  type Ctx,
  createApp,
  deactivateApp,
  describeMistake,
  findApp,
  findUserByLogin,
  grantTypes,
  inTx,
  judgeChange,
  judgeNewApp,
  spendingScopes,
  updateApp,
} from "@innkeeper/server";
import { answer, CommandFault, UsageFault } from "../process/answer.ts";
import { withHouse } from "../process/house.ts";
import type { Flags } from "../process/settings.ts";
import { type AppFieldFlags, appFields } from "./app-fields.ts";

export interface NewAppFlags extends Flags, AppFieldFlags {
  owner: string;
  json?: boolean;
}

export function registerApp(flags: NewAppFlags): Promise<void> {
  const fields = appFields(flags);
  return withHouse(flags, async ({ ctx }) => {
    const owner = await findUserByLogin(ctx, flags.owner);
    if (!owner) throw new CommandFault(`There is no user "${flags.owner}".`);
    const metadata = appMetadata(appScopes, spendingScopes).safeParse(fields, { error: describeMistake });
    if (!metadata.success) {
      throw new CommandFault(
        metadata.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"),
      );
    }
    refuseObjections(judgeNewApp(metadata.data, asOperator(ctx)));
    const created = await inTx(ctx, (tx) => createApp(tx, owner.user.id, metadata.data));
    if (!created.ok)
      throw new CommandFault(`An app with the name "${flags.name}", or one that looks like it, exists already.`);
    const { app, clientSecret } = created;
    answer(
      flags.json,
      { app_id: app.id, client_id: app.clientId, ...(clientSecret && { client_secret: clientSecret }) },
      [
        `App ${app.name} (${app.id})`,
        `client_id      ${app.clientId}`,
        ...(clientSecret
          ? [`client_secret  ${clientSecret}`, "Copy the secret now: only its fingerprint is kept."]
          : []),
      ],
    );
  });
}

/** Deactivating kills every token of the app within a second; activating revives none of them. */
export function setActive(appId: string, active: boolean, flags: Flags & { json?: boolean }): Promise<void> {
  return withHouse(flags, async ({ ctx }) => {
    const change = active ? activateApp : deactivateApp;
    const app = await inTx(ctx, (tx) => change(tx, appId, "command line", { asOperator: true }));
    if (!app) throw new CommandFault(`There is no ${active ? "deactivated" : "active"} app ${appId}.`);
    answer(flags.json, { app_id: app.id, active }, [`${app.name} is ${active ? "active" : "deactivated"}.`]);
  });
}

export interface OperatorFlags extends Flags {
  json?: boolean;
}

/** What no owner may decide for himself: a grant in which no user is asked. */
export function allowGrant(appId: string, name: string, flags: OperatorFlags & { withdraw?: boolean }): Promise<void> {
  const known = grantTypes.find((each) => each === name);
  if (!known) throw new UsageFault(`There is no grant ${name}; there are ${grantTypes.join(", ")}.`);
  return change(appId, flags, (app) => {
    const others = app.grantTypes.filter((each) => each !== known);
    return { grantTypes: flags.withdraw ? others : [...others, known] };
  });
}

/** Without PKCE a stolen code is worth something, so a public client never goes without. */
export function setPkce(appId: string, flags: OperatorFlags & { waive?: boolean; require?: boolean }): Promise<void> {
  if (flags.waive === flags.require) throw new UsageFault("Say --waive or --require.");
  return change(appId, flags, () => ({ requirePkce: !flags.waive }));
}

const asOperator = ({ config }: Ctx) => ({ isOperator: true, spendingScopes, brandName: config.brand.name });

function change(appId: string, flags: OperatorFlags, changeOf: (app: App) => AppChange): Promise<void> {
  return withHouse(flags, async ({ ctx }) => {
    const app = await findApp(ctx, appId);
    if (!app || app.deletedAt !== null) throw new CommandFault(`There is no app ${appId}.`);
    const wanted = changeOf(app);
    if (wanted.grantTypes?.length === 0) throw new CommandFault(`${app.name} would be left without any grant.`);
    refuseObjections(judgeChange(app, wanted, asOperator(ctx)));
    const changed = await inTx(ctx, (tx) => updateApp(tx, app, wanted, "operator"));
    if (!changed.ok) {
      const changing = `Somebody else is changing ${app.name} right now. Run this again.`;
      throw new CommandFault(changed.why === "changed" ? changing : `There is no app ${appId}.`);
    }
    const { grantTypes: grant_types, requirePkce: require_pkce } = changed.app;
    answer(flags.json, { app_id: app.id, grant_types, require_pkce }, [
      `${app.name}: ${grant_types.join(" ")}; PKCE ${require_pkce ? "required" : "waived"}`,
    ]);
  });
}

function refuseObjections(objections: ReturnType<typeof judgeChange>): void {
  if (objections.length === 0) return;
  throw new CommandFault(objections.map(({ message }) => `${message}.`).join("\n"));
}
