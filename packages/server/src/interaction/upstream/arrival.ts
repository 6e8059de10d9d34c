import type { Provider } from "./provider.ts";
import type { Ticket } from "./ticket.ts";
import type { Address, Authorised } from "./upstream-claims.ts";

/** Somebody who has proven who they are at a provider, in the browser that was sent there. */
export interface Arrival {
  provider: Provider;
  ticket: Ticket;
  claims: Authorised;
  /** Where the browser is, as far as the network tells. */
  peer: string;
  address: Extract<Address, { ok: true }>;
}
