import { z } from "zod";
import {
  type App,
  type AppChange,
  appChange,
  appMetadata,
  type CreationVerdict,
  completeChange,
  createApp,
  deleteApp,
  judgeChange,
  judgeNewApp,
  mayCreateApps,
  type Objection,
  updateApp,
} from "../apps/index.ts";
import { appScopes, spendingScopes } from "../consent/index.ts";
import { type Ctx, inTx } from "../context.ts";
import type { Issue } from "../http/json.ts";
import { assert } from "../kernel/assert.ts";
import { Fault } from "../kernel/faults.ts";
import { findUser } from "../people/index.ts";
import {
  changingApps,
  getApp,
  getChangeableApp,
  getOwnedApp,
  insistOnRecentSignIn,
  isOperator,
  readingApps,
} from "./app-access.ts";
import { listOperation } from "./app-list.ts";
import { ownApp, renderApp } from "./app-object.ts";
import { secretOperations } from "./app-secrets.ts";
import { shareOperations } from "./app-shares.ts";
import { statisticsOperation } from "./app-statistics.ts";
import type { Cursors } from "./cursors.ts";
import type { ApiCaller } from "./guard.ts";
import { type Operation, operation } from "./operation.ts";

const metadata = appMetadata(appScopes, spendingScopes);
const change = appChange(appScopes);

const created = ownApp.extend({
  client_secret: z.string().optional().meta({ description: "Shown this once; a public client has none" }),
});

/** Registers, lists and changes the apps of whoever calls. */
export function appOperations(ctx: Ctx, cursors: Cursors): Operation[] {
  return [
    listOperation(ctx, cursors),
    operation({
      method: "POST",
      path: "/idp/apps",
      summary: "Register an app",
      anyOf: changingApps,
      body: metadata,
      answer: created,
      refusals: ["conflict", "forbidden"],
      handle: ({ caller, body }) => register(ctx, caller, body),
    }),
    operation({
      method: "GET",
      path: "/idp/apps/{app_id}",
      summary: "Read an app of yours, or one shared with you",
      anyOf: readingApps,
      answer: ownApp,
      refusals: ["not_found"],
      async handle({ caller, params }) {
        const { app, role } = await getApp(ctx, caller, params.app_id);
        return renderApp(ctx, app, role);
      },
    }),
    operation({
      method: "PATCH",
      path: "/idp/apps/{app_id}",
      summary: "Change an app",
      description: "What is left out stays as it is. `active: false` kills every token of the app within a second.",
      anyOf: changingApps,
      body: change,
      answer: ownApp,
      refusals: ["not_found", "conflict", "forbidden"],
      handle: ({ caller, params, body }) => alter(ctx, caller, params.app_id, body),
    }),
    operation({
      method: "DELETE",
      path: "/idp/apps/{app_id}",
      summary: "Delete an app for good, with its tokens, secrets and shares",
      anyOf: changingApps,
      answer: z.object({ app_id: z.string(), deleted: z.literal(true) }),
      refusals: ["not_found", "forbidden"],
      async handle({ caller, params }) {
        const app = await getOwnedApp(ctx, caller, params.app_id);
        await insistOnRecentSignIn(ctx, caller);
        const deleted = await inTx(ctx, (tx) => deleteApp(tx, app.id, caller.userId));
        if (!deleted) throw gone();
        return { app_id: app.id, deleted: true as const };
      },
    }),
    ...secretOperations(ctx),
    ...shareOperations(ctx),
    statisticsOperation(ctx),
  ];
}

async function register(ctx: Ctx, caller: ApiCaller, wanted: z.output<typeof metadata>) {
  const user = await findUser(ctx, caller.userId);
  assert(user, "a caller is a user");
  const verdict = await mayCreateApps(ctx, user);
  if (!verdict.ok) throw mayNot(ctx, verdict.why);
  refuseObjections(
    judgeNewApp(wanted, { isOperator: user.role === "operator", spendingScopes, brandName: ctx.config.brand.name }),
  );
  const made = await inTx(ctx, (tx) => createApp(tx, user.id, wanted, { limit: verdict.limit }));
  if (!made.ok) throw made.why === "name_taken" ? nameTaken() : mayNot(ctx, made.why);
  return { ...renderApp(ctx, made.app, "owner"), ...(made.clientSecret && { client_secret: made.clientSecret }) };
}

async function alter(ctx: Ctx, caller: ApiCaller, appId: string, asked: AppChange): Promise<z.input<typeof ownApp>> {
  const { app, role } = await getChangeableApp(ctx, caller, appId);
  const wanted = completeChange(app, asked, spendingScopes);
  const byOperator = await isOperator(ctx, caller);
  refuseObjections(
    judgeChange(app, wanted, { isOperator: byOperator, spendingScopes, brandName: ctx.config.brand.name }),
  );
  if (leadsElsewhere(app, wanted)) await insistOnRecentSignIn(ctx, caller);
  // An operator's own app is his like anybody's.
  const asOperator = wanted.active ? byOperator : role === "operator";
  const changed = await inTx(ctx, (tx) => updateApp(tx, app, wanted, caller.userId, { asOperator }));
  if (!changed.ok && changed.why === "changed") return alter(ctx, caller, appId, asked);
  if (!changed.ok && changed.why === "blocked") throw blocked();
  if (!changed.ok) throw changed.why === "name_taken" ? nameTaken() : gone();
  return renderApp(ctx, changed.app, role);
}

/** Whether people, or what is told of them, would go somewhere else, or believe to. */
function leadsElsewhere(app: App, { redirectUris, logoUrl, postLogoutRedirectUris, webhookUrl }: AppChange): boolean {
  const pairs = [
    [redirectUris, app.redirectUris],
    [postLogoutRedirectUris, app.postLogoutRedirectUris],
    [logoUrl, app.logoUrl],
    [webhookUrl, app.webhookUrl],
  ];
  return pairs.some(([after, before]) => after !== undefined && JSON.stringify(after) !== JSON.stringify(before));
}

/** @throws Fault `validation_failed` with each field; `forbidden` when nothing stands against it but who asks. */
function refuseObjections(objections: readonly Objection[]): void {
  if (objections.length === 0) return;
  const text = objections.map(({ field, message }) => `${field}: ${message}`).join("; ");
  if (objections.every(({ why }) => why === "operators_only")) {
    throw new Fault("forbidden", `${objections.map(({ message }) => message).join("; ")}.`);
  }
  const issues = objections.map(
    ({ field, message, why }): Issue => ({ loc: ["body", field], msg: message, type: why }),
  );
  throw new Fault("validation_failed", text, { fields: { issues } });
}

function nameTaken(): Fault {
  return new Fault("conflict", "An application with this name already exists");
}

function blocked(): Fault {
  return new Fault("forbidden", "An operator of this platform has stopped this app. Only an operator starts it again.");
}

function gone(): Fault {
  return new Fault("not_found", "Application not found");
}

function mayNot(ctx: Ctx, why: Extract<CreationVerdict, { ok: false }>["why"]): Fault {
  const sentences: Record<typeof why, string> = {
    operators_only: "Only operators of this platform can register apps.",
    email_unverified: "Verify your e-mail address first; then you can register apps.",
    phone_unverified: "Verify your telephone number first; then you can register apps.",
    too_many: `You have as many apps as one account may have: ${ctx.config.apps.perUser}. Delete one first.`,
  };
  return new Fault("forbidden", sentences[why]);
}
