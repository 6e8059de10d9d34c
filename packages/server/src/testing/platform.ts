import { signUp } from "../accounts/index.ts";
import { appMetadata, createApp } from "../apps/index.ts";
import { type ConfigFile, readConfig } from "../config/read-config.ts";
import { appScopes } from "../consent/index.ts";
import { type Ctx, inTx } from "../context.ts";
import { createChanges } from "../events/index.ts";
import { createOutbound } from "../http/outbound.ts";
import type { Resolver } from "../http/outbound-resolver.ts";
import type { Clock } from "../kernel/clock.ts";
import { type Log, silentLog } from "../kernel/log.ts";
import { createPasswordHasher } from "../kernel/password.ts";
import { systemRandom } from "../kernel/random.ts";
import { createInnkeeper, type Innkeeper } from "../server.ts";
import { migrate, openStore, type Store } from "../store/index.ts";
import { type Browser, createBrowser } from "./browser.ts";
import { type ManualClock, manualClock } from "./clock.ts";
import type { TestDatabase } from "./databases.ts";

export const issuer = "https://id.acme.example";
export const password = "tulips in the attic 4";
export const redirectUri = "https://storyteller.example/callback";

export interface Platform {
  ctx: Ctx;
  clock: ManualClock;
  store: Store;
  innkeeper: Innkeeper;
  /** The database, for a second process. */
  url: string;
  /** One request by path, without cookies. */
  fetch(path: string, init?: RequestInit & { peer?: string }): Promise<Response>;
  /** @param peer whose network it is in. @default "192.0.2.1" */
  browser(peer?: string): Browser;
  addUser(username: string, options?: { creditMicros?: number }): Promise<{ id: string; workspaceId: string }>;
  addApp(
    owner: string,
    metadata?: Record<string, unknown>,
  ): Promise<{ id: string; clientId: string; clientSecret: string }>;
  close(): Promise<void>;
}

export interface PlatformOptions {
  file?: ConfigFile;
  clock?: ManualClock;
  log?: Log;
  secrets?: string[];
  resolver?: Resolver;
}

/** A complete server on a database of its own, with a clock that stands still and cheap passwords. */
export async function openPlatform(
  open: () => Promise<TestDatabase>,
  {
    file = {},
    clock = manualClock(),
    log = silentLog,
    secrets = ["a secret of the tests, long enough for all"],
    resolver,
  }: PlatformOptions = {},
): Promise<Platform> {
  const database = await open();
  // Real chance: two platforms on one database must never make the same id.
  const random = systemRandom(clock as Clock);
  const config = readConfig({ issuer, secrets, file: { brand: { name: "Acme" }, ...file } });
  const store = await openStore({ url: database.url, clock, random });
  await migrate(store);
  const innkeeper = await createInnkeeper({ config, store, clock, random, log, resolver });
  const outbound = createOutbound({ ...config.outbound, resolver });
  const ctx: Ctx = { db: store.db, clock, random, config, log, changes: createChanges(), outbound };
  const hasher = createPasswordHasher({ random, memory: 64, passes: 1 });
  const send = (request: Request, peer = "192.0.2.1") => innkeeper.fetch(request, { peer });

  return {
    ctx,
    clock,
    store,
    innkeeper,
    url: database.url,
    fetch: async (path, { peer, ...init } = {}) =>
      send(new Request(issuer + path, { redirect: "manual", ...init }), peer),
    browser: (peer) => createBrowser((request) => send(request, peer), issuer),
    async addUser(username, { creditMicros = 5_000_000 } = {}) {
      const form = { username, displayName: username, email: `${username}@fennick.example`, password };
      const verdict = await signUp(ctx, hasher, form, { creditMicros, mayBeReserved: true });
      if (!verdict.ok) throw new Error(JSON.stringify(verdict.faults));
      return { id: verdict.user.id, workspaceId: verdict.workspace.id };
    },
    async addApp(owner, metadata = {}) {
      const wanted = appMetadata(appScopes).parse({ name: "Storyteller", redirect_uris: [redirectUri], ...metadata });
      const created = await inTx(ctx, (tx) => createApp(tx, owner, wanted));
      if (!created.ok) throw new Error(created.why);
      return { id: created.app.id, clientId: created.app.clientId, clientSecret: created.clientSecret ?? "" };
    },
    async close() {
      await innkeeper.close();
      await store.close();
      await database.drop();
    },
  };
}
