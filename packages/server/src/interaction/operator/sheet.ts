import { findApp } from "../../apps/index.ts";
import { listGrants } from "../../consent/index.ts";
import type { Ctx } from "../../context.ts";
import { findWallet } from "../../ledger/index.ts";
import {
  countRecoveryCodes,
  type FoundUser,
  findSecondFactor,
  listIdentities,
  listSessions,
  selectWaysIn,
} from "../../people/index.ts";
import { workspacesOf } from "../../workspaces/index.ts";
import type { UserSheet } from "../pages/operator-user.ts";
import { faceOf } from "./users.ts";

/** All that staff may know of an account. */
export async function readSheet(ctx: Ctx, user: FoundUser): Promise<UserSheet> {
  const { id } = user;
  const [ways, identities, factor, recoveryCodes, sessions, grants, [workspace]] = await Promise.all([
    selectWaysIn(ctx, id),
    listIdentities(ctx, id),
    findSecondFactor(ctx, id),
    countRecoveryCodes(ctx, id),
    listSessions(ctx, id),
    listGrants(ctx, id),
    workspacesOf(ctx, id),
  ]);
  const wallet = workspace && (await findWallet(ctx, workspace.id));
  const apps = grants.map(async ({ appId, scopes, createdAt }) => {
    const app = await findApp(ctx, appId);
    return { name: app?.name ?? appId, scopes, since: createdAt };
  });
  return {
    ...faceOf(user),
    ways: {
      password: ways?.hasPassword ?? false,
      passkeys: ways?.passkeys ?? 0,
      hotkeys: ways?.hotkeys ?? 0,
      providers: identities.map(({ provider }) => ctx.config.identityProviders[provider]?.name ?? provider),
    },
    secondFactor: factor ? { recoveryCodes } : null,
    sessions: sessions.length,
    wallet:
      workspace && wallet
        ? { id: workspace.id, balanceMicros: wallet.balanceMicros, heldMicros: wallet.heldMicros }
        : null,
    apps: await Promise.all(apps),
  };
}
