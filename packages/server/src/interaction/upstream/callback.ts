import { readQuery } from "../../http/form.ts";
import type { Handler, RequestInfo, Route } from "../../http/table.ts";
import type { Desk } from "../desk.ts";
import { fatalPage } from "../fatal-page.ts";
import type { Newcomers } from "../newcomers.ts";
import type { Onward } from "../onward.ts";
import type { UpstreamRefusal } from "../pages/upstream-refused.ts";
import type { Entrance } from "../sign-in/entrance.ts";
import { enterByIdentity } from "./enter.ts";
import { callbackPath, type Journeys } from "./journey.ts";
import { linkByIdentity } from "./link.ts";
import type { Provider } from "./provider.ts";
import { refusedPage } from "./refused.ts";
import { openTicket } from "./ticket.ts";
import { judgeAddress } from "./upstream-claims.ts";

/** Where the providers send people back to. */
export function createUpstreamRoutes(
  desk: Desk,
  {
    onward,
    entrance,
    journeys,
    newcomers,
  }: { onward: Onward; entrance: Entrance; journeys: Journeys; newcomers: Newcomers },
): Route[] {
  const arrive = async (browser: Request, info: RequestInfo, provider: Provider): Promise<Response> => {
    const { id, config } = provider;
    const state = readQuery(info.query).get("state") ?? "";
    const ticket = await openTicket(desk, browser, id, state);
    if (!ticket) return refusedPage(desk, browser, { why: "stale", provider: config.name });
    const refuse = (why: UpstreamRefusal) => refusedPage(desk, browser, { ...ticket, why, provider: config.name });
    // Ours and no other: a host that the request names stands in no address.
    const url = new URL(`${desk.ctx.config.issuer}${callbackPath(id)}?${info.query}`);
    const answer = await provider.finish({ state, ...ticket }, url);
    if (!answer.ok) return refuse(answer.why);
    const address = judgeAddress(config, answer.claims);
    if (!address.ok) return refuse("domain");
    const arrival = { provider, ticket, claims: answer.claims, address, peer: info.peer };
    if (ticket.link) return linkByIdentity(desk, browser, arrival, refuse);
    const carried = ticket.request === undefined ? undefined : await onward.open(ticket.request, browser);
    if (carried && !carried.ok) return fatalPage(desk, carried.reason, info, browser);
    const waiting = { sealed: ticket.request, carried, next: ticket.next };
    return enterByIdentity(desk, { entrance, newcomers }, browser, arrival, waiting, refuse);
  };

  return [...journeys.providers.values()].map((provider) => {
    const handler: Handler = (browser, info) => arrive(browser, info, provider);
    return { method: "GET", path: callbackPath(provider.id), shape: "page", handler };
  });
}
