import type { App } from "../apps/index.ts";
import type { Ctx } from "../context.ts";
import type { Feed } from "../events/index.ts";
import type { RateLimiter } from "../http/rate-limit.ts";
import type { Sealer } from "../kernel/seal.ts";
import type { Keyring } from "../keys/index.ts";
import { createIssueToClient, type IssueToClient } from "./client-credentials.ts";
import { type Clients, createClients } from "./clients.ts";
import { type Code, type NewCode, openCode, sealCode } from "./code.ts";
import { type DeviceCode, openDeviceCode, sealDeviceCode } from "./device-code.ts";
import { createExplainDead, type ExplainDead } from "./explain-dead.ts";
import { type IdTokenHint, readIdTokenHint } from "./id-token-hint.ts";
import { type Introspection, introspect } from "./introspect.ts";
import { createLive } from "./live.ts";
import { createKeyMakings } from "./own-keys.ts";
import { createReadAccessToken } from "./read-access-token.ts";
import {
  type Approval,
  burnCode,
  type CollectResult,
  type RedeemResult,
  redeemApproval,
  redeemCode,
} from "./redeem.ts";
import { type RefreshResult, refresh } from "./refresh.ts";
import { openRefreshToken, type RefreshToken } from "./refresh-token.ts";
import { revokeBearer } from "./revoke.ts";
import { createVerify, type Verify } from "./verify.ts";

export interface TokensOptions {
  ctx: Ctx;
  /** The one whose seals a restored backup refuses. */
  sealer: Sealer;
  keyring: Keyring;
  feed: Pick<Feed, "isFresh">;
}

/** Where a grant becomes tokens, and a token becomes a caller. */
export interface Tokens {
  /** Who is behind a bearer. Answers without a promise when memory knows. */
  verify: Verify;
  /** Why a bearer that was refused is dead, for whoever holds an authentic one. */
  explainDead: ExplainDead;
  /** Apps for client authentication. */
  clients: Clients;
  /** Stores nothing: a code that is never used leaves no trace. */
  sealCode(code: NewCode): string;
  openCode(text: string): Code | undefined;
  redeemCode(code: Code, app: App): Promise<RedeemResult>;
  /** For a code that another app, which proved who it is, presented. */
  burnCode(code: Code, appId: string): Promise<void>;
  sealDeviceCode(code: DeviceCode): string;
  openDeviceCode(text: string): DeviceCode | undefined;
  /** Once: whoever comes later gets nothing, and the first one keeps what it has. */
  redeemApproval(approval: Approval, app: App): Promise<CollectResult>;
  /** For an app that acts for itself, under what its owner allowed it. */
  issueToClient: IssueToClient;
  openRefreshToken(text: string): RefreshToken | undefined;
  refresh(token: RefreshToken, app: App, asked: readonly string[] | undefined): Promise<RefreshResult>;
  /** Expired ones are read too. */
  readIdTokenHint(text: string): Promise<IdTokenHint | undefined>;
  introspect(text: string): Introspection | Promise<Introspection>;
  /** @param appId the app that asks; undefined for whoever merely holds the text */
  revoke(text: string, appId: string | undefined): Promise<void>;
  /** Counts the keys that one user makes, on pages and by programs together. */
  keyMakings: RateLimiter;
}

export function createTokens({ ctx, sealer, keyring, feed }: TokensOptions): Tokens {
  const mint = { ctx, sealer, keyring };
  const live = createLive(ctx, feed.isFresh);
  const readAccessToken = createReadAccessToken(mint);
  const verify = createVerify(ctx, readAccessToken, live);
  return {
    verify,
    explainDead: createExplainDead(ctx, readAccessToken, live),
    clients: createClients(ctx, feed.isFresh),
    sealCode: (code) => sealCode(ctx, sealer, code),
    openCode: (text) => openCode(sealer, text),
    redeemCode: (code, app) => redeemCode(mint, live, code, app),
    burnCode: (code, appId) => burnCode(ctx, code, appId),
    sealDeviceCode: (code) => sealDeviceCode(sealer, code),
    openDeviceCode: (text) => openDeviceCode(sealer, text),
    redeemApproval: (approval, app) => redeemApproval(mint, live, approval, app),
    issueToClient: createIssueToClient(mint, live),
    openRefreshToken: (text) => openRefreshToken(sealer, text),
    refresh: (token, app, asked) => refresh(mint, live, token, app, asked),
    readIdTokenHint: (text) => readIdTokenHint(ctx, keyring, text),
    introspect: (text) => introspect(ctx, sealer, verify, text),
    revoke: (text, appId) => revokeBearer({ ctx, sealer, readAccessToken }, text, appId),
    keyMakings: createKeyMakings(ctx.clock),
  };
}
