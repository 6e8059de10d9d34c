import { Buffer } from "node:buffer";
import type { Ctx } from "../context.ts";
import { redirect } from "../http/respond.ts";
import type { Handler, Route } from "../http/table.ts";
import type { Fault } from "../kernel/faults.ts";
import type { PasswordHasher } from "../kernel/password.ts";
import type { Sealer } from "../kernel/seal.ts";
import { createKeyNonces, createPasskeyChallenges } from "../people/index.ts";
import type { Tokens } from "../tokens/index.ts";
import { type Asset, assetsFor } from "../ui/index.ts";
import { connectedRoutes } from "./account/connected.ts";
import { deleteAccountRoutes } from "./account/delete-account.ts";
import { emailRoutes } from "./account/email.ts";
import { keyRoutes } from "./account/keys.ts";
import { leavingRoutes } from "./account/leaving.ts";
import { limitRoutes } from "./account/limit.ts";
import { newKeyRoutes } from "./account/new-key.ts";
import { passwordRoutes } from "./account/password.ts";
import { phoneRoutes } from "./account/phone.ts";
import { postalAddressRoutes } from "./account/postal-address.ts";
import { profileRoutes } from "./account/profile.ts";
import { profileEditRoutes } from "./account/profile-edit.ts";
import { providerRoutes } from "./account/providers.ts";
import { securityRoutes } from "./account/security.ts";
import { sessionRoutes } from "./account/sessions.ts";
import { totpRoutes } from "./account/totp.ts";
import { usageRoutes } from "./account/usage.ts";
import { appRoutes } from "./apps/routes.ts";
import { createAuthorizeRoutes } from "./authorize.ts";
import { createCliLoginRoutes } from "./cli-login.ts";
import { createCodeLimits } from "./code-post.ts";
import { createConsentRoutes } from "./consent.ts";
import { createDesk } from "./desk.ts";
import { devOutboxRoutes } from "./dev-outbox.ts";
import { createDeviceRoutes } from "./device.ts";
import { createDeviceConsentRoutes } from "./device-consent.ts";
import { walletScript } from "./key-login/wallet-script.ts";
import { languageRoutes } from "./language.ts";
import { createLogoutRoutes } from "./logout.ts";
import { createNewcomers } from "./newcomers.ts";
import { createOnward } from "./onward.ts";
import { operatorRoutes } from "./operator/routes.ts";
import { passkeyRoutes } from "./passkeys/account.ts";
import { passkeyScript } from "./passkeys/script.ts";
import { createPasswordResetRoutes } from "./password-reset.ts";
import { refusalRoutes } from "./refusals.ts";
import { createSecondFactorNeededRoutes } from "./second-factor-needed.ts";
import { createEntrance } from "./sign-in/entrance.ts";
import { createSignInRoutes } from "./sign-in/routes.ts";
import { signOutRoutes } from "./sign-out.ts";
import { createSignUpRoutes } from "./sign-up.ts";
import { createUpstreamRoutes } from "./upstream/callback.ts";
import { createJourneys } from "./upstream/journey.ts";

export interface InteractionOptions {
  ctx: Ctx;
  sealer: Sealer;
  /** For what must outlive a restored backup. */
  lasting: Sealer;
  tokens: Tokens;
  hasher: PasswordHasher;
}

export interface Interaction {
  routes: Route[];
  /** A refusal as a page, for every mount that speaks to people. */
  renderPage(fault: Fault, requestId: string, browser: Request): Response;
}

/** Everything a person sees. */
export function createInteraction({ ctx, sealer, lasting, tokens, hasher }: InteractionOptions): Interaction {
  const desk = createDesk(ctx, sealer);
  const onward = createOnward(desk, tokens);
  const entrance = createEntrance(desk, onward);
  const nonces = createKeyNonces(ctx, sealer);
  const challenges = createPasskeyChallenges(ctx, sealer);
  const limits = createCodeLimits(ctx.clock);
  const journeys = createJourneys(desk);
  const newcomers = createNewcomers(ctx.clock);
  const { sheet, mark } = assetsFor(desk.frame().brand);
  return {
    routes: [
      ...createAuthorizeRoutes(desk, onward, tokens),
      ...createSignInRoutes(desk, { onward, entrance, lasting, limits, hasher, nonces, challenges, journeys }),
      ...createCliLoginRoutes(desk, entrance, nonces),
      ...createSignUpRoutes(desk, { onward, entrance, limits, hasher, journeys, newcomers }),
      ...createUpstreamRoutes(desk, { onward, entrance, journeys, newcomers }),
      ...createPasswordResetRoutes(desk, hasher, limits),
      ...createSecondFactorNeededRoutes(desk, onward),
      ...createConsentRoutes(desk, onward),
      ...createDeviceRoutes(desk),
      ...createDeviceConsentRoutes(desk),
      ...signOutRoutes(desk),
      ...createLogoutRoutes(desk, tokens),
      ...refusalRoutes(desk),
      ...languageRoutes(desk),
      ...connectedRoutes(desk),
      ...usageRoutes(desk),
      ...keyRoutes(desk),
      ...newKeyRoutes(desk, tokens.keyMakings),
      ...securityRoutes(desk, nonces),
      ...passkeyRoutes(desk, challenges),
      ...providerRoutes(desk, journeys),
      ...totpRoutes(desk, lasting),
      ...sessionRoutes(desk),
      ...profileRoutes(desk),
      ...deleteAccountRoutes(desk, hasher),
      ...profileEditRoutes(desk),
      ...postalAddressRoutes(desk),
      ...leavingRoutes(desk),
      ...emailRoutes(desk, limits),
      ...passwordRoutes(desk, hasher),
      ...phoneRoutes(desk),
      ...devOutboxRoutes(desk),
      ...limitRoutes(desk),
      ...appRoutes(desk, lasting),
      ...operatorRoutes(desk),
      page("/", () => redirect("/account/connected")),
      page("/account", () => redirect("/account/connected")),
      assetRoute(sheet),
      assetRoute(mark),
      assetRoute(walletScript),
      assetRoute(passkeyScript),
      ...logoRoutes(ctx),
    ],
    renderPage: desk.faultPage,
  };
}

function page(path: string, handler: Handler): Route {
  return { method: "GET", path, shape: "page", handler };
}

/** The path names the content, so it never changes. */
function assetRoute({ path, contentType, body }: Asset): Route {
  const headers = {
    "content-type": contentType,
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
  };
  return page(path, () => new Response(body, { headers }));
}

const dataUrl = /^data:(image\/[a-z+]+)(;base64)?,(.*)$/s;

/** The operator's logo, when it stands in the configuration. An SVG of theirs runs nothing here. */
function logoRoutes(ctx: Ctx): Route[] {
  const match = dataUrl.exec(ctx.config.brand.logoUrl ?? "");
  if (!match) return [];
  const [, contentType = "", base64, text = ""] = match;
  const body = base64 ? Buffer.from(text, "base64") : Buffer.from(decodeURIComponent(text));
  const headers = {
    "content-type": contentType,
    "cache-control": "public, max-age=3600",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "x-content-type-options": "nosniff",
  };
  return [page("/brand/logo", () => new Response(body, { headers }))];
}
