import { appChange as changeSchema, rotateWebhookSecret, updateApp } from "../../apps/index.ts";
import { appScopes } from "../../consent/index.ts";
import { inTx } from "../../context.ts";
import { listWebhooks, queueWebhook, replayWebhook, type WebhookEvent } from "../../events/index.ts";
import { createRateLimiter, rateLimited } from "../../http/rate-limit.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import type { Sealer } from "../../kernel/seal.ts";
import type { Desk } from "../desk.ts";
import { appAddress } from "../pages/app-frame.ts";
import { renderAppSecretOnce } from "../pages/app-secret-once.ts";
import { type AppWebhookProps, type Delivery, renderAppWebhook } from "../pages/app-webhook.ts";
import { type AppForm, type AppVisit, appChange, appPage, headOf, signInAgain, tokenOf } from "./access.ts";
import { readOverlap } from "./secrets.ts";

/** Whoever is called learns who revokes what. */
const sensitive: AppForm = { tab: "webhook", by: "manager", afterRecentSignIn: true };
const harmless: AppForm = { ...sensitive, afterRecentSignIn: false };
const schema = changeSchema(appScopes);
const perPage = 20;
const firstOverlapSeconds = 86_400;
const doneWords = ["saved", "stopped", "sent", "replayed"] as const;

/** The address may be anybody's, so that nobody is flooded by our hand. */
const sendingLimit = { attempts: 20, seconds: 60 };

/** Where an app is called, the secret that signs, and what became of each event. */
export function appWebhookRoutes(desk: Desk, lasting: Sealer): Route[] {
  const { ctx } = desk;
  const sendings = createRateLimiter({ clock: ctx.clock, ...sendingLimit });
  const countSending = ({ id }: { id: string }) => {
    const wait = sendings.attempt(id);
    if (wait > 0) throw rateLimited(wait);
  };

  const view = appPage(desk, (visit) =>
    show(desk, visit, {
      page: readPage(visit.query.get("page")),
      done: doneWords.find((word) => word === visit.query.get("done")),
      busy: visit.query.get("busy") !== undefined,
    }),
  );

  const save = appChange(desk, sensitive, async (visit) => {
    const { visitor, app, form } = visit;
    const url = form.get("webhook_url")?.trim() || null;
    const read = schema.safeParse({ webhook_url: url });
    if (!read.success) return show(desk, visit, { written: url ?? "" });
    await inTx(ctx, (tx) => updateApp(tx, app, read.data, visitor.user.id));
    if (url === null || app.webhookUrl !== null) {
      return redirect(appAddress("webhook", app, `&done=${url === null ? "stopped" : "saved"}`));
    }
    return newSecret(desk, lasting, visit, firstOverlapSeconds);
  });

  const rotate = appChange(desk, sensitive, (visit) =>
    newSecret(desk, lasting, visit, readOverlap(visit.form.get("overlap"))),
  );

  const test = appChange(desk, harmless, async ({ visitor, app }) => {
    countSending(app);
    const event = { appId: app.id, type: "webhook.test", data: { user_id: visitor.user.id } } as const;
    const queued = await inTx(ctx, (tx) => queueWebhook(tx, event));
    return redirect(appAddress("webhook", app, queued ? "&done=sent" : ""));
  });

  const replay = appChange(desk, harmless, async ({ app, form }) => {
    countSending(app);
    const replayed = await inTx(ctx, (tx) => replayWebhook(tx, app.id, form.get("event") ?? ""));
    const what = replayed.ok ? "&done=replayed" : replayed.why === "busy" ? "&busy=1" : "";
    return redirect(appAddress("webhook", app, `${what}&page=${readPage(form.get("page"))}`));
  });

  return [
    { method: "GET", path: "/account/apps/webhook", shape: "page", handler: view },
    { method: "POST", path: "/account/apps/webhook", shape: "page", handler: save },
    { method: "POST", path: "/account/apps/webhook/secret", shape: "page", handler: rotate },
    { method: "POST", path: "/account/apps/webhook/test", shape: "page", handler: test },
    { method: "POST", path: "/account/apps/webhook/replay", shape: "page", handler: replay },
  ];
}

type Shown = Pick<AppWebhookProps, "written" | "done" | "busy"> & { page?: number };

async function show(desk: Desk, { visitor, app, role }: AppVisit, { page = 0, ...more }: Shown): Promise<Response> {
  const { ctx } = desk;
  const { total, items } = await listWebhooks(ctx, app.id, { page, limit: perPage });
  const markup = renderAppWebhook(desk.frame(visitor), {
    person: visitor.person,
    csrf: tokenOf(desk, visitor, "webhook"),
    app: await headOf(desk, app, role),
    url: app.webhookUrl,
    deliveries: items.map((event) => describe(event, ctx.clock.now())),
    total,
    page,
    perPage,
    signInAgain: signInAgain(desk, visitor, "webhook", app),
    ...more,
  });
  return desk.page(markup, { status: more.written === undefined ? 200 : 400 });
}

async function newSecret(desk: Desk, lasting: Sealer, visit: AppVisit, overlapSeconds: number): Promise<Response> {
  const { visitor, app, role } = visit;
  const wanted = { appId: app.id, actorId: visitor.user.id, overlapSeconds };
  const rotated = await inTx(desk.ctx, (tx) => rotateWebhookSecret(tx, lasting, wanted));
  if (!rotated) return redirect("/account/apps");
  const markup = renderAppSecretOnce(desk.frame(visitor), {
    person: visitor.person,
    app: await headOf(desk, app, role),
    made: { kind: "webhook", webhookSecret: rotated.webhookSecret },
  });
  return desk.page(markup);
}

function describe(event: WebhookEvent, now: number): Delivery {
  const { id, type, attempts, createdAt, lastError } = event;
  const state = stateOf(event, now);
  return {
    id,
    type,
    state,
    attempts,
    createdAt,
    lastError,
    nextAttemptAt: state === "waiting" ? event.nextAttemptAt : null,
  };
}

function stateOf({ deliveredAt, gaveUpAt, leasedUntil }: WebhookEvent, now: number): Delivery["state"] {
  if (deliveredAt !== null) return "delivered";
  if (gaveUpAt !== null) return "given_up";
  return leasedUntil !== null && leasedUntil > now ? "sending" : "waiting";
}

function readPage(text: string | undefined): number {
  return text !== undefined && /^\d{1,4}$/.test(text) ? Number(text) : 0;
}
