import { type App, deleteApp, findApp, rotateSecret, shareApp, unshareApp, updateApp } from "../../src/apps/index.ts";
import { type Ctx, inTx, type Tx } from "../../src/context.ts";
import { assert } from "../../src/kernel/assert.ts";

export type Deed = "share" | "unshare" | "delete" | "rotate" | "rename";

/** Many callers who do things to one app, all at once. */
export interface Deeds {
  appId: string;
  deeds: Deed[];
  /** Whom it is shared with. */
  userId: string;
  /** What it is renamed to. */
  name: string;
  overlapSeconds: number;
}

/** What each of them was told, in the order of the deeds: `ok`, why not, or the new secret. */
export async function doAll(ctx: Ctx, wanted: Deeds): Promise<string[]> {
  const app = await findApp(ctx, wanted.appId);
  assert(app, "deeds are done to an app");
  return Promise.all(wanted.deeds.map((deed) => inTx(ctx, (tx) => acts[deed](tx, app, wanted)).then(wordOf)));
}

type Told = { ok: true; clientSecret?: string } | { ok: false; why: string };

const acts: Record<Deed, (tx: Tx, app: App, deeds: Deeds) => Promise<Told>> = {
  share: (tx, app, { userId }) =>
    shareApp(tx, { appId: app.id, ownerId: app.ownerId, userId, role: "viewer", actorId: app.ownerId }),
  unshare: async (tx, app, { userId }) =>
    (await unshareApp(tx, { appId: app.id, userId, actorId: app.ownerId }))
      ? { ok: true }
      : { ok: false, why: "no share" },
  delete: async (tx, app) => ((await deleteApp(tx, app.id, app.ownerId)) ? { ok: true } : { ok: false, why: "gone" }),
  rotate: (tx, app, { overlapSeconds }) => rotateSecret(tx, app, { actorId: app.ownerId, overlapSeconds }),
  rename: (tx, app, { name }) => updateApp(tx, app, { name }, app.ownerId),
};

function wordOf(told: Told): string {
  if (!told.ok) return told.why;
  return told.clientSecret ?? "ok";
}
