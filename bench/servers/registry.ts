import {
  appMetadata,
  appScopes,
  type Ctx,
  createApiKey,
  createApp,
  createChanges,
  createInnkeeper,
  createOutbound,
  createPasswordHasher,
  getPersonalWorkspace,
  inTx,
  migrate,
  openStore,
  readConfig,
  signUp,
  systemClock,
  systemRandom,
} from "@innkeeper/server";

/** A registry with many apps, asked in this process: what is measured is the search and not the network. */
export interface Registry {
  /** Answers a query of the list of apps, as a user who has some of them. */
  list(query: Record<string, string>): Promise<{ total: number; next: string | null }>;
  close(): Promise<void>;
}

const issuer = "http://127.0.0.1:8420";
const owners = 5000;
const together = 500;
const themes =
  "note story quill harbor lantern meadow orbit pixel quarry river summit tulip umbra velvet willow yarn zephyr amber birch cobalt".split(
    " ",
  );

/** @param url of an empty database */
export async function openRegistry(url: string, apps: number): Promise<Registry> {
  const clock = systemClock;
  const random = systemRandom(clock);
  const store = await openStore({ url, clock, random });
  await migrate(store);
  const config = readConfig({ issuer, secrets: ["nobody knows 7 this 2 but the bench"], file: {} });
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const outbound = createOutbound(config.outbound);
  const ctx: Ctx = { db: store.db, clock, random, config, log, changes: createChanges(), outbound };
  const userId = await enroll(ctx);
  for (let first = 0; first < apps; first += together) {
    const batch = Array.from({ length: Math.min(together, apps - first) }, (_, index) => first + index);
    await Promise.all(
      batch.map((index) => register(ctx, index % owners === 0 ? userId : `usr_${index % owners}`, index)),
    );
  }
  const headers = { authorization: `Bearer ${await makeKey(ctx, userId)}` };
  const innkeeper = await createInnkeeper({ config, store, clock, random });
  return {
    async list(query) {
      const request = new Request(`${issuer}/idp/apps?${new URLSearchParams(query)}`, { headers });
      const answer = await innkeeper.fetch(request, { peer: "127.0.0.1" });
      if (!answer.ok) throw new Error(`the list was refused: ${await answer.text()}`);
      return (await answer.json()) as { total: number; next: string | null };
    },
    async close() {
      await innkeeper.close();
      await store.close();
    },
  };
}

async function enroll(ctx: Ctx): Promise<string> {
  const hasher = createPasswordHasher({ random: ctx.random });
  const form = {
    username: "maya",
    displayName: "Maya",
    email: "maya@fennick.example",
    password: "tulips in the attic 4",
  };
  const verdict = await signUp(ctx, hasher, form);
  if (!verdict.ok) throw new Error(JSON.stringify(verdict.faults));
  return verdict.user.id;
}

async function makeKey(ctx: Ctx, userId: string): Promise<string> {
  const { id: workspaceId } = await getPersonalWorkspace(ctx, userId);
  const wanted = { userId, workspaceId, grantId: null, name: "Bench", scopes: ["apps:write"], expiresAt: null };
  const made = await inTx(ctx, (tx) => createApiKey(tx, wanted));
  if (!made.ok) throw new Error(made.why);
  return made.key;
}

const schema = appMetadata(appScopes);

async function register(ctx: Ctx, owner: string, index: number): Promise<void> {
  const theme = (step: number) => themes[Math.floor(index / step) % themes.length];
  const site = `https://${theme(1)}-${index}.example`;
  const metadata = schema.parse({
    name: `${theme(1)} ${theme(20)} ${index}`,
    description: `Helps with ${theme(3)} and ${theme(7)}: it reads, writes and explains, for teams and for people alone.`,
    homepage_url: `${site}/`,
    redirect_uris: [`${site}/callback`],
  });
  const created = await inTx(ctx, (tx) => createApp(tx, owner, metadata));
  if (!created.ok) throw new Error(created.why);
}
