import {
  activateApp,
  appMetadata,
  appScopes,
  createApp,
  deactivateApp,
  findUserByLogin,
  inTx,
} from "@innkeeper/server";
import { answer, CommandFault } from "../process/answer.ts";
import { withHouse } from "../process/house.ts";
import type { Flags } from "../process/settings.ts";

export interface NewAppFlags extends Flags {
  owner: string;
  name: string;
  redirectUri: string[];
  scope?: string[];
  publicClient?: boolean;
  json?: boolean;
}

export function registerApp(flags: NewAppFlags): Promise<void> {
  return withHouse(flags, async ({ ctx }) => {
    const owner = await findUserByLogin(ctx, flags.owner);
    if (!owner) throw new CommandFault(`There is no user "${flags.owner}".`);
    const metadata = appMetadata(appScopes).safeParse({
      name: flags.name,
      redirect_uris: flags.redirectUri,
      client_type: flags.publicClient ? "public" : "confidential",
      ...(flags.scope && { allowed_scopes: flags.scope.flatMap((text) => text.split(/[\s,]+/)) }),
    });
    if (!metadata.success) {
      throw new CommandFault(
        metadata.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"),
      );
    }
    const created = await inTx(ctx, (tx) => createApp(tx, owner.user.id, metadata.data));
    if (!created.ok) throw new CommandFault(`An app with the name "${flags.name}" exists already.`);
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
    const app = await inTx(ctx, (tx) => change(tx, appId, "command line"));
    if (!app) throw new CommandFault(`There is no ${active ? "deactivated" : "active"} app ${appId}.`);
    answer(flags.json, { app_id: app.id, active }, [`${app.name} is ${active ? "active" : "deactivated"}.`]);
  });
}
