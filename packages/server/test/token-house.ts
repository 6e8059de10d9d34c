import { type App, appMetadata, createApp, findApp } from "../src/apps/index.ts";
import { appScopes, type Grant, giveConsent, revokeGrant } from "../src/consent/index.ts";
import { type Ctx, inTx } from "../src/context.ts";
import { createFeed, type Feed } from "../src/events/index.ts";
import { createTable, type Table } from "../src/http/table.ts";
import { Fault } from "../src/kernel/faults.ts";
import { sha256Base64Url } from "../src/kernel/hash.ts";
import type { Log } from "../src/kernel/log.ts";
import { type Keyring, openKeyring, openSeals, type Seals } from "../src/keys/index.ts";
import { createOAuthRoutes } from "../src/oauth/index.ts";
import { createUser, oneFactor, type User } from "../src/people/index.ts";
import type { Db, Store } from "../src/store/index.ts";
import type { ManualClock } from "../src/testing/clock.ts";
import { manualClock } from "../src/testing/clock.ts";
import type { TestDatabase } from "../src/testing/databases.ts";
import { openCtx } from "../src/testing/open-ctx.ts";
import { createTokens, type NewCode, type Tokens } from "../src/tokens/index.ts";

export const redirectUri = "https://storyteller.example/callback";
export const verifier = "a-verifier-of-at-least-forty-three-characters-1";

/** Tokens and the endpoints that speak of them, over a database of their own. The feed polls only when told to. */
export interface TokenHouse {
  ctx: Ctx;
  clock: ManualClock;
  store: Store;
  url: string;
  seals: Seals;
  keyring: Keyring;
  feed: Feed;
  tokens: Tokens;
  storage: Storage;
  /** Everything that was logged, as text. */
  logged: string[];
  /** One request, as `<method> <path>`. */
  call(target: string, init?: RequestInit): Promise<Answer>;
  /** A form, as a client sends it. */
  post(path: string, form: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
}

/** What may go wrong below. */
export interface Storage {
  /** Every transaction does its work and then loses its commit. */
  failing: boolean;
  /** Stands between the database's answer and whoever reads outside a transaction. */
  afterRead?: (() => Promise<void>) | undefined;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what a wire says is judged by the test, not by the compiler
  json: any;
}

export async function openTokenHouse(
  open: () => Promise<TestDatabase>,
  { clock = manualClock(), seed = 1 } = {},
): Promise<TokenHouse> {
  const { ctx: whole, store, url, close } = await openCtx(open, { clock, seed });
  const storage: Storage = { failing: false };
  const logged: string[] = [];
  const ctx: Ctx = { ...whole, db: fallible(whole.db, storage), log: writing(logged) };
  const seals = await openSeals(ctx);
  const keyring = await openKeyring(ctx, seals.lasting);
  const feed = createFeed({ ctx, dataVersion: store.dataVersion });
  const tokens = createTokens({ ctx, sealer: seals.sealer, keyring, feed });
  const renderPage = () => new Response();
  const table = createTable(createOAuthRoutes({ ctx, tokens, keyring }), { log: ctx.log, renderPage });
  const call = callerOf(ctx, table);
  return {
    ctx,
    clock,
    store,
    url,
    seals,
    keyring,
    feed,
    tokens,
    storage,
    logged,
    call,
    post: (path, form, headers = {}) =>
      call(`POST ${path}`, { body: new URLSearchParams(form).toString(), headers: { ...formType, ...headers } }),
    close,
  };
}

function fallible(db: Db, storage: Storage): Db {
  const broken: Db = {
    singleProcess: db.singleProcess,
    commit: (statement, params) =>
      broken.transact(
        (db) => db.query(statement, params),
        () => false,
      ),
    async query(statement, params) {
      const rows = await db.query(statement, params);
      await storage.afterRead?.();
      return rows;
    },
    transact: (work, isRefusal, deadlineMs) =>
      db.transact(
        async (db, afterCommit) => {
          const result = await work(db, afterCommit);
          if (storage.failing && !isRefusal(result)) throw new Fault("temporarily_unavailable", "The disk is gone.");
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

const formType = { "content-type": "application/x-www-form-urlencoded" };

function callerOf({ config }: Ctx, table: Table): TokenHouse["call"] {
  return async (target, init) => {
    const [method, path] = target.split(" ") as [string, string];
    const request = new Request(config.issuer + path, { method, ...init });
    const response = await table(request, { peer: "192.0.2.1", requestId: "req_1" });
    if (!response) throw new Error(`nothing answers ${target}`);
    const text = await response.text();
    const json = response.headers.get("content-type") === "application/json" ? JSON.parse(text) : undefined;
    return { status: response.status, headers: response.headers, text, json };
  };
}

/** Another process on the same database, with the same clock. */
export function openSecondHouse({ url, clock }: TokenHouse): Promise<TokenHouse> {
  return openTokenHouse(async () => ({ url, drop: async () => {} }), { clock, seed: 2 });
}

/** A user who allowed an app something, and everything needed to go on from there. */
export interface SignedIn {
  user: User;
  app: App;
  clientSecret: string;
  grant: Grant;
  /** What the app adds to a form to prove who it is. */
  proof: Record<string, string>;
  /** A fresh code, as the authorization endpoint seals it. */
  code(changes?: Partial<NewCode>): string;
  /** The form that redeems it. */
  codeForm(code?: string): Record<string, string>;
  refreshForm(refreshToken: string): Record<string, string>;
  revoke(): Promise<void>;
}

export interface SignInOptions {
  scopes?: string[];
  /** Micro-dollars a month. */
  capMicros?: number;
  metadata?: Record<string, unknown>;
}

let people = 0;

export async function signIn(
  { ctx, tokens }: Pick<TokenHouse, "ctx" | "tokens">,
  options: SignInOptions = {},
): Promise<SignedIn> {
  const name = `maya${++people}`;
  const user = await addUser(ctx, name);
  const { app, clientSecret } = await addApp(ctx, user.id, { name: `Storyteller ${name}`, ...options.metadata });
  const scopes = options.scopes ?? ["openid", "profile", "gateway:access"];
  const grant = await consent(ctx, user, app, scopes, options.capMicros);
  const proof: Record<string, string> = { client_id: app.clientId };
  if (clientSecret !== "") proof.client_secret = clientSecret;
  const code: SignedIn["code"] = (changes) =>
    tokens.sealCode({
      user,
      app,
      grant,
      scopes,
      redirectUri,
      codeChallenge: sha256Base64Url(verifier),
      nonce: "n-1",
      authenticatedAt: ctx.clock.now() - 5000,
      amr: ["pwd"],
      acr: oneFactor,
      ...changes,
    });
  return {
    user,
    app,
    clientSecret,
    grant,
    proof,
    code,
    codeForm: (text = code()) => ({
      grant_type: "authorization_code",
      code: text,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      ...proof,
    }),
    refreshForm: (refreshToken) => ({ grant_type: "refresh_token", refresh_token: refreshToken, ...proof }),
    async revoke() {
      await inTx(ctx, (ctx) => revokeGrant(ctx, { userId: user.id, appId: app.id, actorId: user.id }));
    },
  };
}

export async function addUser(ctx: Ctx, username: string): Promise<User> {
  const email = `${username}@fennick.example`;
  const created = await inTx(ctx, (ctx) =>
    createUser(ctx, { username, displayName: `${username} Okafor`, email, passwordHash: null, role: "user" }),
  );
  if (!created.ok) throw new Error(created.why);
  return created.user;
}

export async function addApp(
  ctx: Ctx,
  ownerId: string,
  metadata: Record<string, unknown>,
): Promise<{ app: App; clientSecret: string }> {
  const wanted = appMetadata(appScopes).parse({ redirect_uris: [redirectUri], ...metadata });
  const created = await inTx(ctx, (ctx) => createApp(ctx, ownerId, wanted));
  if (!created.ok) throw new Error(created.why);
  return { app: (await findApp(ctx, created.app.id))!, clientSecret: created.clientSecret ?? "" };
}

export function consent(ctx: Ctx, user: User, app: App, scopes: string[], capMicros = 5_000_000): Promise<Grant> {
  const parties = { userId: user.id, workspaceId: `ws_${user.id.slice(4)}`, appId: app.id };
  const terms = { limits: { month: capMicros }, expiresAt: null };
  return inTx(ctx, (ctx) => giveConsent(ctx, parties, { granted: scopes, withheld: [], terms, proposal: null }));
}
