import type { App } from "../../apps/index.ts";
import { describeConsent, findScope, spendingScopes } from "../../consent/index.ts";
import { parseDollars } from "../../kernel/money.ts";
import { isAllowedRedirectUri } from "../../kernel/url.ts";
import { consentProps } from "../consent-props.ts";
import type { Desk, Visitor } from "../desk.ts";
import type { AppValues } from "../pages/app-fields.ts";
import type { ConsentSlip } from "../pages/consent.ts";
import { linesOf } from "./form.ts";

/** The question that a first sign-in to this app would put to the reader. Nothing of it can be answered. */
export async function sampleOf(desk: Desk, visitor: Visitor, app: App): Promise<ConsentSlip> {
  const { ctx } = desk;
  const allowed = app.allowedScopes.filter(
    (name) => findScope(name) && !(app.identityOnly && spendingScopes.includes(name)),
  );
  const scopes = allowed.length > 0 ? allowed : ["openid"];
  const asked = { scopes, optional: [], proposal: app.budgetProposal };
  const question = await describeConsent(ctx, {
    user: visitor.user,
    app,
    redirectUri: app.redirectUris[0]!,
    grant: undefined,
    asked,
    words: desk.frame(visitor).text,
    afresh: true,
  });
  const { app: face, know, spending } = consentProps(desk, question, { csrf: "", request: "", visitor });
  return { app: face, know, spending };
}

/** The app as it would be with what was written, right or wrong. */
export function draftOf(base: App, values: AppValues, nameless: string): App {
  const micros = values.budget_amount === "" ? undefined : parseDollars(values.budget_amount);
  const address = linesOf(values.redirect_uris).find(({ text }) => isAllowedRedirectUri(text));
  return {
    ...base,
    name: values.name.trim().slice(0, 64) || nameless,
    redirectUris: address ? [address.text] : base.redirectUris,
    allowedScopes: [...values.scopes],
    identityOnly: values.identity_only,
    budgetProposal: micros ? { limitMicros: micros, period: values.budget_period } : null,
  };
}

/** An app that is not registered yet. */
export function unregistered({ ctx }: Desk, { user }: Visitor): App {
  const now = ctx.clock.now();
  return {
    id: "",
    clientId: "",
    ownerId: user.id,
    name: "",
    description: null,
    homepageUrl: null,
    logoUrl: null,
    privacyPolicyUrl: null,
    termsUrl: null,
    clientType: "confidential",
    redirectUris: ["https://your-app.example/callback"],
    allowedScopes: [],
    listedAt: null,
    refreshTokenLifetimeDays: 30,
    idTokenSignedResponseAlg: "RS256",
    accessTokenFormat: "sealed",
    grantTypes: [],
    identityOnly: false,
    requirePkce: true,
    postLogoutRedirectUris: [],
    webhookUrl: null,
    budgetProposal: null,
    logoId: null,
    verifiedDomain: null,
    faceChangedAt: null,
    generation: 1,
    deactivatedAt: null,
    blockedAt: null,
    deletedAt: null,
    createdAt: now,
    updatedAt: now,
  };
}
