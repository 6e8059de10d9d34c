import { Buffer } from "node:buffer";
import { z } from "zod";
import { type App, changeLogo, fetchPicture, findLogo, logoMaxBytes } from "../apps/index.ts";
import { type Ctx, inTx } from "../context.ts";
import { mediaTypeOf } from "../http/body.ts";
import { createRateLimiter, rateLimited } from "../http/rate-limit.ts";
import { Fault } from "../kernel/faults.ts";
import { paintLogo } from "../pictures/index.ts";
import { changingApps, getChangeableApp, insistOnRecentSignIn } from "./app-access.ts";
import { servedLogoUrl } from "./app-object.ts";
import { type Operation, operation } from "./operation.ts";

const pictures = ["image/png", "image/jpeg", "image/webp"] as const;

/** The address may be anybody's, and drawing costs. */
const changeLimit = { attempts: 10, seconds: 60 };

const address = z.object({ url: z.string().max(2048) });

const answer = z.object({
  app_id: z.string(),
  served_logo_url: z.string().nullable().meta({ description: "Our own copy; pages show no other" }),
});

/** The logo that pages show. It is drawn anew and served by us, so that no page of ours ever loads a stranger's address. */
export function logoOperations(ctx: Ctx): Operation[] {
  const changes = createRateLimiter({ clock: ctx.clock, ...changeLimit });
  const render = (app: App) => ({ app_id: app.id, served_logo_url: servedLogoUrl(ctx, app) });

  async function change(app: App, picture: Uint8Array | null, actorId: string) {
    const changed = await inTx(ctx, (tx) => changeLogo(tx, app.id, picture, actorId));
    if (!changed) throw new Fault("not_found", "Application not found");
    return render(changed);
  }

  return [
    operation({
      method: "POST",
      path: "/idp/apps/{app_id}/logo",
      summary: "Give an app a logo",
      description:
        'The picture itself, at most 1 MiB, or as JSON `{ "url": "https://…" }` where it is. It is redrawn as a square of 256 pixels.',
      anyOf: changingApps,
      rawBody: { types: [...pictures, "application/json"], maxBytes: logoMaxBytes },
      answer,
      refusals: ["not_found", "forbidden", "validation_failed", "rate_limited", "temporarily_unavailable"],
      async handle({ caller, params, body, request }) {
        const { app } = await getChangeableApp(ctx, caller, params.app_id);
        await insistOnRecentSignIn(ctx, caller);
        const wait = changes.attempt(app.id);
        if (wait > 0) throw rateLimited(wait);
        const isAddress = mediaTypeOf(request) === "application/json";
        const picture = await paintLogo(isAddress ? await fetchFrom(ctx, body) : body);
        if (!picture) throw unfit(isAddress, "Must be a PNG, JPEG or WebP picture of at most 16 megapixels.");
        return change(app, picture, caller.userId);
      },
    }),
    operation({
      method: "DELETE",
      path: "/idp/apps/{app_id}/logo",
      summary: "Take the logo of an app away",
      anyOf: changingApps,
      answer,
      refusals: ["not_found", "forbidden"],
      async handle({ caller, params }) {
        const { app } = await getChangeableApp(ctx, caller, params.app_id);
        await insistOnRecentSignIn(ctx, caller);
        return change(app, null, caller.userId);
      },
    }),
  ];
}

/**
 * A logo for everybody, anywhere. Its path names the content, so it may be kept for ever.
 * @throws Fault `not_found`
 */
export async function serveLogo(ctx: Ctx, logoId: string): Promise<Response> {
  const logo = /^logo_[0-9a-z]{26}$/.test(logoId) ? await findLogo(ctx, logoId) : undefined;
  if (!logo) throw new Fault("not_found", "Not found");
  return new Response(logo.bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      "content-type": logo.mediaType,
      "cache-control": "public, max-age=31536000, immutable",
      "content-security-policy": "default-src 'none'; sandbox",
      "cross-origin-resource-policy": "cross-origin",
      "x-content-type-options": "nosniff",
    },
  });
}

async function fetchFrom(ctx: Ctx, body: Uint8Array): Promise<Uint8Array> {
  const fetched = await fetchPicture(ctx, readAddress(body).url);
  if (!fetched.ok) throw unfit(true, fetched.message);
  return fetched.bytes;
}

function readAddress(body: Uint8Array): z.output<typeof address> {
  try {
    return address.parse(JSON.parse(Buffer.from(body).toString("utf8")));
  } catch {
    throw unfit(true, 'Must be JSON such as { "url": "https://…" }.');
  }
}

function unfit(isAddress: boolean, message: string): Fault {
  const loc = isAddress ? ["body", "url"] : ["body"];
  return new Fault("validation_failed", message, { fields: { issues: [{ loc, msg: message, type: "unfit" }] } });
}
