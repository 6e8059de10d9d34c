import { type App, deviceGrant } from "../../apps/index.ts";
import type { Ctx } from "../../context.ts";
import { networkOf } from "../../http/client-ip.ts";
import { readForm } from "../../http/form.ts";
import { createRateLimiter, rateLimited } from "../../http/rate-limit.ts";
import { jsonResponse } from "../../http/respond.ts";
import type { Handler } from "../../http/table.ts";
import { Fault } from "../../kernel/faults.ts";
import type { Tokens } from "../../tokens/index.ts";
import { checkAsked } from "../authorize/checks.ts";
import { authenticateClient } from "../client-auth.ts";
import { paths } from "../paths.ts";
import { refuseQuery } from "../query.ts";
import { deviceLifeMs, firstIntervalMs } from "./device-request.ts";
import { createDeviceRequest } from "./device-requests.ts";
import { formatUserCode } from "./user-code.ts";

/** Each stores a row for an hour, so nobody may fill the table. */
const peerLimit = { attempts: 60, seconds: 600 };
const appLimit = { attempts: 3000, seconds: 600 };

/** RFC 8628 3.1 and 3.2. Asks for the same as an authorization request, and is checked in the same way. */
export function createDeviceEndpoint(ctx: Ctx, tokens: Tokens): Handler {
  const limit = createLimit(ctx);
  const verificationUri = ctx.config.issuer + paths.device;
  return async (request, info) => {
    refuseQuery(info);
    const form = await readForm(request, { repeatable: ["resource"] });
    const app = await authenticateClient(tokens.clients, request, form);
    if (!app.grantTypes.includes(deviceGrant)) {
      throw new Fault("unauthorized_client", "This app is not registered for the device grant.");
    }
    const asked = checkAsked(ctx, form, app);
    limit(app, info.peer);
    const { id, userCode, expiresAt } = await createDeviceRequest(ctx, app, asked);
    const shown = formatUserCode(userCode);
    return jsonResponse({
      device_code: tokens.sealDeviceCode({ id, appId: app.id, expiresAt }),
      user_code: shown,
      verification_uri: verificationUri,
      verification_uri_complete: `${verificationUri}?user_code=${shown}`,
      expires_in: deviceLifeMs / 1000,
      interval: firstIntervalMs / 1000,
    });
  };
}

/** A confidential app asks from its own servers for all its users, so only its own share counts. */
function createLimit({ clock }: Ctx): (app: App, peer: string) => void {
  const peers = createRateLimiter({ clock, ...peerLimit });
  const apps = createRateLimiter({ clock, ...appLimit });
  return (app, peer) => {
    const seconds = (app.clientType === "public" && peers.attempt(networkOf(peer))) || apps.attempt(app.id);
    if (seconds > 0) throw rateLimited(seconds);
  };
}
