import { type App, findAppByClientId, secretHashes } from "../apps/index.ts";
import type { Ctx } from "../context.ts";
import { type Cache, twoGenerationCache } from "../kernel/two-generation-cache.ts";
import { selectSecretHashes } from "./clients.sql.ts";

/** An app and what proves that somebody speaks for it. */
export interface Client {
  app: App;
  /** SHA-256. */
  secretHashes: readonly string[];
}

export interface Clients {
  /** From memory, only while the change feed is fresh; undefined means to ask the database with `read`. */
  recall(clientId: string): Client | undefined;
  /**
   * What the database says now. A client that does not exist is given those of another one, so that looking and comparing
   * take the same time: a match proves nothing before `read` has said it too.
   */
  readSecretHashes(clientId: string): Promise<string[]>;
  /** Deactivated apps are found too. */
  read(clientId: string): Promise<Client | undefined>;
}

const remembered = 10_000;
/** The wall clock may be set back, and then a secret that has expired would seem to live. */
const rememberedMs = 60_000;

interface Remembered {
  client: Client;
  /** By the monotonic clock. */
  until: number;
  /** Epoch milliseconds: the first of its secrets expires then, without anybody changing anything. */
  expiresAt: number;
}

export function createClients(ctx: Ctx, isFresh: () => boolean): Clients {
  let clients: Cache<string, Remembered> = twoGenerationCache(remembered);
  /** Which client id belongs to which app never changes. */
  const appIds: Cache<string, string> = twoGenerationCache(remembered);
  let changes = 0;
  ctx.changes.subscribe(({ kind, subjectId }) => {
    if (kind === "app") clients.delete(subjectId);
    else if (kind === "everything") clients = twoGenerationCache(remembered);
    else return;
    changes++;
  });
  return {
    recall(clientId) {
      const known = isFresh() ? clients.get(appIds.get(clientId) ?? "") : undefined;
      const isGood = known && known.until > ctx.clock.monotonic() && known.expiresAt > ctx.clock.now();
      return isGood ? known.client : undefined;
    },
    readSecretHashes: (clientId) => selectSecretHashes(ctx, clientId),
    async read(clientId) {
      const changesBefore = changes;
      const app = await findAppByClientId(ctx, clientId);
      if (!app) return undefined;
      const secrets = await secretHashes(ctx, app.id);
      const client = { app, secretHashes: secrets.map(({ hash }) => hash) };
      if (changes === changesBefore) {
        const expiresAt = Math.min(...secrets.map((secret) => secret.expiresAt ?? Number.POSITIVE_INFINITY));
        clients.set(app.id, { client, until: ctx.clock.monotonic() + rememberedMs, expiresAt });
        appIds.set(clientId, app.id);
      }
      return client;
    },
  };
}
