import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { type ConfigFile, readConfig } from "../../src/config/read-config.ts";
import { type Ctx, inTx } from "../../src/context.ts";
import { createFeed, type Feed } from "../../src/events/index.ts";
import { createGateway, type Gateway, type GatewayLimits } from "../../src/gateway/index.ts";
import { createTable, type Table } from "../../src/http/table.ts";
import { Fault } from "../../src/kernel/faults.ts";
import type { Log } from "../../src/kernel/log.ts";
import { openKeyring, openSeals } from "../../src/keys/index.ts";
import {
  auditLedger,
  type Call,
  createLedger,
  createWallet,
  creditWallet,
  findWallet,
  type Ledger,
  type Limits,
  listCalls,
} from "../../src/ledger/index.ts";
import type { Db } from "../../src/store/index.ts";
import { type ManualClock, manualClock } from "../../src/testing/clock.ts";
import type { TestDatabase } from "../../src/testing/databases.ts";
import { openCtx } from "../../src/testing/open-ctx.ts";
import { openUpstream, type UpstreamDouble } from "../../src/testing/upstream.ts";
import { createApiKey, createTokens, type Tokens } from "../../src/tokens/index.ts";
import { type SignedIn, type SignInOptions, signIn } from "../token-house.ts";

/** Dollars per million tokens, so micro-dollars per token. */
export const models: NonNullable<ConfigFile["models"]> = {
  "test-model": {
    upstream: "main",
    upstreamModel: "real-name",
    prices: { input: "1.00", cachedInput: "0.10", output: "2.00", call: "0" },
    maxOutputTokens: 1000,
  },
};

export interface StageOptions {
  limits?: Partial<GatewayLimits>;
  /** @default the upstream's */
  baseUrl?: string;
}

/** The gateway over a database and a model provider of its own, behind a real port. */
export interface Stage {
  ctx: Ctx;
  clock: ManualClock;
  feed: Feed;
  tokens: Tokens;
  ledger: Ledger;
  gateway: Gateway;
  table: Table;
  upstream: UpstreamDouble;
  /** Of the gateway's port. */
  origin: string;
  server: Server;
  /** Everything that was logged, as text. */
  logged: string[];
  /** While true, every transaction does its work and then loses its commit. */
  storage: { failing: boolean };
  /** The database, for a second process. */
  url: string;
  /** A guest who allowed an app to spend, up to a cap. */
  appGuest(options?: SignInOptions & { creditMicros?: number }): Promise<Guest & { signedIn: SignedIn }>;
  /** A guest with a key of her own. */
  keyGuest(options?: { limits?: Limits; scopes?: string[]; creditMicros?: number }): Promise<Guest>;
  /** Waits until no call is under way, and finds the ledger in order, with nothing held. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface Guest {
  bearer: string;
  userId: string;
  walletId: string;
  /** One call, by way of the port. */
  chat(body?: object, headers?: Record<string, string>): Promise<Response>;
  balance(): Promise<number>;
  /** The newest line of the bill. */
  lastCall(): Promise<Call>;
}

export async function openStage(open: () => Promise<TestDatabase>, options: StageOptions = {}): Promise<Stage> {
  const clock = manualClock();
  const [{ ctx: bare, store, url, close }, upstream] = await Promise.all([openCtx(open, { clock }), openUpstream()]);
  const logged: string[] = [];
  const { baseUrl = upstream.baseUrl, limits } = options;
  const file = { brand: { name: "Acme" }, upstreams: { main: { baseUrl, apiKey: upstream.apiKey } }, models };
  const config = readConfig({ issuer: bare.config.issuer, secrets: bare.config.secrets, file });
  const storage = { failing: false };
  const ctx: Ctx = { ...bare, config, db: fallible(bare.db, storage), log: writing(logged) };
  const seals = await openSeals(ctx);
  const feed = createFeed({ ctx, dataVersion: store.dataVersion });
  await feed.pollOnce();
  const keyring = await openKeyring(ctx, seals.lasting);
  const tokens = createTokens({ ctx, sealer: seals.sealer, keyring, feed });
  const ledger = createLedger();
  const gateway = createGateway({ ctx, tokens, ledger, limits });
  const renderPage = () => new Response("a page", { status: 500 });
  const table = createTable(gateway.routes, { log: ctx.log, renderPage });
  const { server, origin } = await listen(ctx, table);

  return {
    ...{ ctx, clock, feed, tokens, ledger, gateway, table, upstream, origin, server, logged, storage, url },
    ...guestsOf(ctx, tokens, origin),
    async settled() {
      await gateway.idle();
      const violations = await auditLedger(ctx);
      if (violations.length > 0) throw new Error(JSON.stringify(violations));
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await gateway.close();
      await upstream.close();
      await close();
    },
  };
}

/** People who may spend. */
function guestsOf(ctx: Ctx, tokens: Tokens, origin: string): Pick<Stage, "appGuest" | "keyGuest"> {
  const addWallet = (walletId: string, amountMicros = 1_000_000_000) =>
    inTx(ctx, async (tx) => {
      await createWallet(tx, walletId);
      if (amountMicros > 0) await creditWallet(tx, { walletId, amountMicros });
    });
  const guest = (bearer: string, userId: string, walletId: string): Guest => ({
    bearer,
    userId,
    walletId,
    chat: (body = {}, headers = {}) => post(origin, bearer, body, headers),
    balance: async () => (await findWallet(ctx, walletId))!.balanceMicros,
    lastCall: async () => (await listCalls(ctx, { walletId, limit: 1 }))[0]!,
  });

  return {
    async appGuest({ creditMicros, ...terms } = {}) {
      const signedIn = await signIn({ ctx, tokens }, terms);
      await addWallet(signedIn.grant.workspaceId, creditMicros);
      const redeemed = await tokens.redeemCode(tokens.openCode(signedIn.code())!, signedIn.app);
      if (!redeemed.ok) throw new Error(redeemed.why);
      const { accessToken } = redeemed.issued;
      return { ...guest(accessToken, signedIn.user.id, signedIn.grant.workspaceId), signedIn };
    },
    async keyGuest({ limits, scopes = ["gateway:access"], creditMicros } = {}) {
      const { user } = await signIn({ ctx, tokens });
      const workspaceId = ctx.random.id("ws");
      await addWallet(workspaceId, creditMicros);
      const made = await inTx(ctx, (tx) =>
        createApiKey(tx, {
          userId: user.id,
          workspaceId,
          grantId: null,
          name: "a key",
          scopes,
          limits,
          expiresAt: null,
        }),
      );
      if (!made.ok) throw new Error(made.why);
      return guest(made.key, user.id, workspaceId);
    },
  };
}

async function listen(ctx: Ctx, table: Table): Promise<{ server: Server; origin: string }> {
  const server = createAdaptorServer({
    fetch: (request, { incoming }) =>
      table(request, {
        peer: incoming.socket.remoteAddress ?? "",
        requestId: ctx.random.id("req"),
        target: incoming.url,
      }) ?? new Response("nothing here", { status: 404 }),
  }) as Server;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export const hello = { model: "test-model", messages: [{ role: "user", content: "Hello" }] };

/** `hello`, with what stands in `body`. */
export function post(origin: string, bearer: string, body: object, headers: Record<string, string>): Promise<Response> {
  return fetch(`${origin}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json", ...headers },
    body: JSON.stringify({ ...hello, ...body }),
  });
}

/** The data of the events of a stream, comments too. */
export async function eventsOf(response: Response): Promise<string[]> {
  return (await response.text()).split(/\r?\n\r?\n/).filter((event) => event !== "");
}

// biome-ignore lint/suspicious/noExplicitAny: what a wire says is judged by the test, not by the compiler
export async function errorOf(response: Response): Promise<any> {
  return ((await response.json()) as { error: unknown }).error;
}

function fallible(db: Db, storage: Stage["storage"]): Db {
  const broken: Db = {
    singleProcess: db.singleProcess,
    query: (statement, params) => db.query(statement, params),
    commit: (statement, params) =>
      broken.transact(
        (db) => db.query(statement, params),
        () => false,
      ),
    transact: (work, isRefusal, deadlineMs) =>
      db.transact(
        async (...given) => {
          const result = await work(...given);
          if (storage.failing) throw new Fault("temporarily_unavailable", "The disk is gone.");
          return result;
        },
        isRefusal,
        deadlineMs,
      ),
  };
  return broken;
}

function writing(lines: string[]): Log {
  const write = (fields: Record<string, unknown>, message: string) =>
    lines.push(`${message} ${JSON.stringify(fields)}`);
  return { debug: write, info: write, warn: write, error: write };
}
