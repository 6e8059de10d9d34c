import { openJson, type Sealer, sealJson } from "../kernel/seal.ts";

/** What the pages after the code carry: which request it is, and how its device shows it. */
export interface DeviceTicket {
  id: string;
  userCode: string;
  /** What the page that carries it has shown. */
  shown: string | null;
}

const purpose = "device_ticket";

export function sealTicket(sealer: Sealer, ticket: DeviceTicket): string {
  return sealJson(sealer, purpose, ticket);
}

/** Undefined for everything that is no ticket of ours. It opens nothing by itself: the request belongs to a session. */
export function openTicket(sealer: Sealer, sealed: string | undefined): DeviceTicket | undefined {
  return openJson<DeviceTicket>(sealer, purpose, sealed ?? "");
}
