import { deviceGrant } from "../../apps/index.ts";
import { type Ctx, inTx } from "../../context.ts";
import { Fault } from "../../kernel/faults.ts";
import type { DeviceRequest } from "../device/device-request.ts";
import { lengthenInterval, selectDeviceRequest, updatePolled } from "../device/device-requests.sql.ts";
import type { Grant } from "./grant.ts";

/** RFC 8628 3.5: by so much the interval grows each time. */
const longerMs = 5_000;
/** A device that goes on hammering is told so without a write. */
const longestMs = 60_000;
/** What networks and timers may shorten a wait by. */
const jitterMs = 500;

const whys = {
  used: "The device code was used before.",
  closed: "What the user allowed has ended.",
};

/** RFC 8628 3.4 and 3.5. */
export const deviceCode: Grant<DeviceRequest> = {
  name: deviceGrant,
  async look({ ctx, tokens, app, form }) {
    const text = form.get("device_code");
    if (text === undefined) throw new Fault("invalid_request", "device_code is needed.");
    const code = tokens.openDeviceCode(text);
    // Nothing is spoilt for the app whose code it is: anybody can name a public app.
    if (code?.appId !== app.id) throw refused("The device code is unknown.");
    const request = await selectDeviceRequest(ctx, code.id);
    if (request && request.appGeneration !== app.generation) throw refused("The app was stopped since.");
    if (request?.outcome === "denied") throw new Fault("access_denied", "The user refused.");
    if (code.expiresAt <= ctx.clock.now()) throw new Fault("expired_token", "The device code has expired.");
    if (!request) throw refused("The device code is unknown.");
    return request;
  },
  async take({ ctx, tokens, app }, request) {
    if (request.approval === null) throw await pending(ctx, request);
    const result = await tokens.redeemApproval(request.approval, app);
    if (result.ok) return result.issued;
    throw refused(whys[result.why]);
  },
};

/** Two polls at once count as one too many: the update decides which of them came in time. */
async function pending(ctx: Ctx, { id, polledAt, intervalMs }: DeviceRequest): Promise<Fault> {
  const isEarly = polledAt !== null && ctx.clock.now() + jitterMs < polledAt + intervalMs;
  if (!isEarly && (await inTx(ctx, (tx) => updatePolled(tx, id, jitterMs)))) {
    return new Fault("authorization_pending", "The user has not decided yet.");
  }
  if (intervalMs < longestMs) await inTx(ctx, (tx) => lengthenInterval(tx, id, longerMs, longestMs));
  return new Fault("slow_down", "Wait for five seconds more between two polls.");
}

function refused(description: string): Fault {
  return new Fault("invalid_grant", description);
}
