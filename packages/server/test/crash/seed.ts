import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { signUp } from "../../src/accounts/index.ts";
import { appMetadata, createApp } from "../../src/apps/index.ts";
import { readConfig } from "../../src/config/read-config.ts";
import { allScopes, appScopes, giveConsent } from "../../src/consent/index.ts";
import { type Ctx, inTx } from "../../src/context.ts";
import { createChanges } from "../../src/events/index.ts";
import { createOutbound } from "../../src/http/outbound.ts";
import { systemClock as clock } from "../../src/kernel/clock.ts";
import { silentLog as log } from "../../src/kernel/log.ts";
import { formatDollars } from "../../src/kernel/money.ts";
import { createPasswordHasher } from "../../src/kernel/password.ts";
import { systemRandom } from "../../src/kernel/random.ts";
import { startSession } from "../../src/people/index.ts";
import { migrate, openStore } from "../../src/store/index.ts";
import { createApiKey } from "../../src/tokens/index.ts";
import { keepJournal } from "../races/ledger-journal.ts";
import { filesOf, firstCapMicros, type Person, prices, redirectUri, scope, type World } from "./world.ts";

const secret = "a-secret-of-the-crash-tests-long-enough-for-all";

/**
 * A fresh database with a witness in it, one app, and people who have a session, a key and money, and have allowed the
 * app to spend a little; and the configuration of the server.
 */
export async function seed(folder: string, upstreamUrl: string, size: number): Promise<World> {
  const files = filesOf(folder);
  await mkdir(files.data, { mode: 0o700 });
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const dollars = Object.fromEntries(Object.entries(prices).map(([name, micros]) => [name, formatDollars(micros)]));
  const model = { upstream: "main", upstreamModel: "real-name", prices: dollars, maxOutputTokens: 60 };
  const file = {
    upstreams: { main: { baseUrl: upstreamUrl, apiKey: "upstream-key" } },
    models: { "test-model": model },
  };
  await writeFile(files.config, JSON.stringify(file));

  const random = systemRandom(clock);
  const config = readConfig({ issuer, secrets: [secret], file });
  const store = await openStore({ url: `sqlite:${files.database}`, clock, random });
  const ctx: Ctx = {
    db: store.db,
    clock,
    random,
    config,
    log,
    changes: createChanges(),
    outbound: createOutbound(config.outbound),
  };
  await migrate(store);
  await keepJournal(ctx, "sqlite");
  const operator = await addUser(ctx, "kit");
  const app = await addApp(ctx, operator.user.id);
  const people: Person[] = [];
  for (let number = 0; number < size; number++) people.push(await addPerson(ctx, `maya${number}`, app.id));
  await store.close();
  const world = { issuer, port, secret, app, people };
  await writeFile(files.world, JSON.stringify(world));
  return world;
}

async function addUser(ctx: Ctx, username: string) {
  const hasher = createPasswordHasher({ random: ctx.random, memory: 64, passes: 1 });
  const form = { username, displayName: username, email: `${username}@fennick.example`, password: "tulips in attic 4" };
  const made = await signUp(ctx, hasher, form, { creditMicros: 1_000_000_000 });
  if (!made.ok) throw new Error(JSON.stringify(made.faults));
  return made;
}

async function addApp(ctx: Ctx, ownerId: string): Promise<World["app"]> {
  const wanted = appMetadata(appScopes).parse({ name: "Storyteller", redirect_uris: [redirectUri] });
  const made = await inTx(ctx, (tx) => createApp(tx, ownerId, wanted));
  if (!made.ok) throw new Error(made.why);
  return { id: made.app.id, clientId: made.app.clientId, clientSecret: made.clientSecret ?? "" };
}

function addPerson(ctx: Ctx, username: string, appId: string): Promise<Person> {
  return addUser(ctx, username).then(({ user, workspace }) =>
    inTx(ctx, async (tx) => {
      const parties = { userId: user.id, workspaceId: workspace.id, appId };
      const terms = { limits: { month: firstCapMicros }, expiresAt: null };
      await giveConsent(tx, parties, { granted: scope.split(" "), withheld: [], terms, proposal: null });
      const { token: session } = await startSession(tx, user, { amr: ["pwd"], userAgent: null });
      const owner = { userId: user.id, workspaceId: workspace.id, grantId: null, name: "Load", expiresAt: null };
      const made = await createApiKey(tx, { ...owner, scopes: allScopes, limits: { total: 100_000_000 } });
      if (!made.ok) throw new Error(made.why);
      return { userId: user.id, session, key: made.key, keyId: made.apiKey.id };
    }),
  );
}

/** The issuer names the port, and every restart must find the same one. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
