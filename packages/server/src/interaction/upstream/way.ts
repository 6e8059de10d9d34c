import type { Desk } from "../desk.ts";
import { providerButtons } from "../pages/provider-buttons.ts";
import type { Way } from "../sign-in/way.ts";
import { type Journeys, providerFaces } from "./journey.ts";
import { refusedPage } from "./refused.ts";

/** As its form says it in `auth_method`. */
export const upstreamWay = "upstream";

/** Signing in at another provider. Undefined where the operator has configured none. */
export function createUpstreamWay(desk: Desk, journeys: Journeys): Way | undefined {
  const { providers, set } = journeys;
  if (providers.size === 0) return undefined;
  const faces = providerFaces(providers, "sign-in");
  const name = upstreamWay;
  return {
    name,
    offer: (_, frame, { request, next }, { csrf }) => ({
      markup: providerButtons(frame, faces, { csrf, request, next, auth_method: name }),
    }),
    async enter(browser, form, info, { sealed: request, next }) {
      const provider = providers.get(form.get("provider") ?? "");
      if (!provider)
        return refusedPage(desk, browser, { why: "stale", provider: desk.ctx.config.brand.name, request, next });
      return set(browser, info, provider, { provider: provider.id, request, next });
    },
  };
}
