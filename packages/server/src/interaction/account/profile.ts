import type { Route } from "../../http/table.ts";
import { findWallet } from "../../ledger/index.ts";
import { postalAddressLine, readPostalAddress, showPhoneNumber, type User } from "../../people/index.ts";
import { getPersonalWorkspace } from "../../workspaces/index.ts";
import type { Desk } from "../desk.ts";
import { renderProfile } from "../pages/profile.ts";
import { signedIn } from "./signed-in.ts";

export function profileRoutes(desk: Desk): Route[] {
  const handler = signedIn(desk, async ({ visitor }) => {
    const { user, person } = visitor;
    const workspace = await getPersonalWorkspace(desk.ctx, user.id);
    const wallet = await findWallet(desk.ctx, workspace.id);
    const { id, displayName: name, username, email, createdAt } = user;
    const emailVerified = user.emailVerifiedAt !== null;
    const postal = readPostalAddress(user.address);
    const address = postal ? postalAddressLine(postal) : null;
    const markup = renderProfile(desk.frame(visitor), {
      person,
      user: { id, name, username, email, emailVerified, createdAt, address, phone: await shownPhone(desk, user) },
      workspace: {
        name: workspace.name,
        balanceMicros: wallet?.balanceMicros ?? 0,
        heldMicros: wallet?.heldMicros ?? 0,
      },
    });
    return desk.page(markup);
  });
  return [{ method: "GET", path: "/account/profile", shape: "page", handler }];
}

/** Undefined where numbers are not verified. */
async function shownPhone({ ctx }: Desk, { phone }: User): Promise<{ number: string | null } | undefined> {
  if (ctx.config.phone.kind === "none") return undefined;
  return { number: phone === null ? null : await showPhoneNumber(phone) };
}
