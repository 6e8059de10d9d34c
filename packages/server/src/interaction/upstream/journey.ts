import { redirect } from "../../http/respond.ts";
import type { RequestInfo } from "../../http/table.ts";
import { browserMark } from "../browser-mark.ts";
import type { Desk } from "../desk.ts";
import { createNetworkLimiter } from "../network-limiter.ts";
import type { ProviderFace } from "../pages/provider-buttons.ts";
import { createProvider, type Provider } from "./provider.ts";
import { refusedPage } from "./refused.ts";
import { type Errand, issueTicket } from "./ticket.ts";

const peerLimit = { attempts: 100, seconds: 600 };

/** The providers of this platform, and the way to them. */
export interface Journeys {
  readonly providers: ReadonlyMap<string, Provider>;
  /** Sends the browser to a provider. */
  set(browser: Request, info: RequestInfo, provider: Provider, errand: Errand): Promise<Response>;
}

export function createJourneys(desk: Desk): Journeys {
  const { ctx } = desk;
  const { identityProviders, issuer } = ctx.config;
  const peers = createNetworkLimiter({ clock: ctx.clock, ...peerLimit });
  const providers = new Map(Object.entries(identityProviders).map(([id, each]) => [id, createProvider(ctx, id, each)]));
  return {
    providers,
    async set(browser, { peer }, provider, errand) {
      const { name } = provider.config;
      if (peers.attempt(peer) > 0) return refusedPage(desk, browser, { ...errand, why: "wait", provider: name });
      const mark = browserMark(desk, browser);
      const { state, ticket } = issueTicket(desk, mark.value, errand);
      const redirectUri = issuer + callbackPath(provider.id);
      const away = await provider.begin({ state, ...ticket }, redirectUri, { again: errand.link !== undefined });
      if (away === undefined) return refusedPage(desk, browser, { ...errand, why: "unreachable", provider: name });
      return redirect(away, mark.cookies);
    },
  };
}

/** For the buttons of a page; where people sign up, only of those whose people get an account. */
export function providerFaces(providers: Journeys["providers"], page: "sign-in" | "sign-up"): ProviderFace[] {
  const shown = [...providers.values()].filter(({ config }) => page === "sign-in" || config.signUp);
  return shown.map(({ id, config }) => ({ id, name: config.name }));
}

/** One address for each provider, so that an answer of one is never taken for that of another (RFC 9700 4.4.2.2). */
export function callbackPath(provider: string): string {
  return `/idp/upstream/${provider}/callback`;
}
