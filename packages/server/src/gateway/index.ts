/** Calls to models: each one is bounded, held, forwarded, metered and settled. */
export { createGateway, type Gateway, type GatewayLimits, type GatewayOptions } from "./gateway.ts";
export { readUsage, type Usage } from "./pricing.ts";
