import { findApp } from "../../apps/index.ts";
import type { Ctx } from "../../context.ts";
import { inTx } from "../../context.ts";
import { readQuery } from "../../http/form.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import { budgetStatus } from "../../ledger/index.ts";
import { type ApiKey, listApiKeys, revokeApiKey } from "../../tokens/index.ts";
import type { Desk } from "../desk.ts";
import { type KeyFace, renderKeys } from "../pages/keys.ts";
import { signedIn, submitted } from "./signed-in.ts";

const path = "/account/keys";
const purpose = "keys";

export function keyRoutes(desk: Desk): Route[] {
  const { ctx } = desk;
  return [
    {
      method: "GET",
      path,
      shape: "page",
      handler: signedIn(desk, async ({ visitor, info }) => {
        const all = await listApiKeys(ctx, visitor.user.id);
        const alive = all.filter(
          ({ revokedAt, expiresAt }) => revokedAt === null && (expiresAt ?? Infinity) > ctx.clock.now(),
        );
        const asked = readQuery(info.query);
        const markup = renderKeys(desk.frame(visitor), {
          person: visitor.person,
          csrf: desk.csrf.token({ purpose, binding: visitor.session.id }),
          keys: await Promise.all(alive.map((key) => describe(ctx, key))),
          revoke: asked.get("revoke"),
          revoked: all.find(({ id, revokedAt }) => revokedAt !== null && id === asked.get("revoked"))?.name,
          again: asked.get("again") !== undefined,
        });
        return desk.page(markup);
      }),
    },
    {
      method: "POST",
      path: "/account/keys/revoke",
      shape: "page",
      handler: submitted(desk, purpose, path, async ({ visitor, form }) => {
        const key = (await listApiKeys(ctx, visitor.user.id)).find(({ id }) => id === form.get("key"));
        if (!key) return redirect(path);
        await inTx(ctx, (tx) => revokeApiKey(tx, key.id));
        return redirect(`${path}?revoked=${key.id}`);
      }),
    },
  ];
}

async function describe(ctx: Ctx, key: ApiKey): Promise<KeyFace> {
  const windows = key.budgetId === null ? [] : await budgetStatus(ctx, key.budgetId);
  const app = key.appId === null ? undefined : await findApp(ctx, key.appId);
  const { id, name, createdAt, expiresAt } = key;
  return {
    id,
    name,
    hint: `sk-ik-…${key.hint}`,
    app: app?.name,
    createdAt,
    expiresAt,
    lastUsedAt: windows[0]?.lastUsedAt,
    windows,
  };
}
