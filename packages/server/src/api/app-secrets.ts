import { z } from "zod";
import { killSecret, listSecrets, rotateSecret, type Secret } from "../apps/index.ts";
import { type Ctx, inTx } from "../context.ts";
import { Fault } from "../kernel/faults.ts";
import { changingApps, getApp, getManagedApp, insistOnRecentSignIn } from "./app-access.ts";
import type { ApiCaller } from "./guard.ts";
import { type Operation, operation } from "./operation.ts";

const longestOverlapSeconds = 7_776_000;

const secret = z.object({
  secret_id: z.string(),
  hint: z.string().meta({ description: "The last four characters" }),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime().nullable(),
});

const rotation = z
  .object({
    overlap_seconds: z
      .int()
      .min(0)
      .max(longestOverlapSeconds)
      .optional()
      .meta({ description: "How long the secrets before it stay good; by default what the platform says" }),
  })
  .optional();

/** Secrets are shown once, when they are made. Their list says how to tell them apart, and until when they are good. */
export function secretOperations(ctx: Ctx): Operation[] {
  return [
    operation({
      method: "POST",
      path: "/idp/apps/{app_id}/regenerate-secret",
      summary: "Give an app a new secret",
      anyOf: changingApps,
      body: rotation,
      answer: z.object({
        app_id: z.string(),
        client_id: z.string(),
        client_secret: z.string(),
        secrets: z.array(secret),
      }),
      refusals: ["not_found", "forbidden", "invalid_request"],
      handle: ({ caller, params, body }) => rotate(ctx, caller, params.app_id, body?.overlap_seconds),
    }),
    operation({
      method: "GET",
      path: "/idp/apps/{app_id}/secrets",
      summary: "List the secrets of an app that are good now, newest first",
      anyOf: changingApps,
      answer: z.object({ app_id: z.string(), secrets: z.array(secret) }),
      refusals: ["not_found"],
      async handle({ caller, params }) {
        const { app } = await getApp(ctx, caller, params.app_id);
        return { app_id: app.id, secrets: await renderSecrets(ctx, app.id) };
      },
    }),
    operation({
      method: "DELETE",
      path: "/idp/apps/{app_id}/secrets/{secret_id}",
      summary: "Kill a secret at once",
      anyOf: changingApps,
      answer: z.object({ app_id: z.string(), secret_id: z.string(), deleted: z.literal(true) }),
      refusals: ["not_found", "forbidden"],
      async handle({ caller, params }) {
        const { app } = await getManagedApp(ctx, caller, params.app_id);
        await insistOnRecentSignIn(ctx, caller);
        const killed = await inTx(ctx, (tx) => killSecret(tx, app.id, params.secret_id, caller.userId));
        if (!killed) throw new Fault("not_found", "Secret not found");
        return { app_id: app.id, secret_id: killed.id, deleted: true as const };
      },
    }),
  ];
}

async function rotate(ctx: Ctx, caller: ApiCaller, appId: string, asked: number | undefined) {
  const { app } = await getManagedApp(ctx, caller, appId);
  await insistOnRecentSignIn(ctx, caller);
  const overlapSeconds = asked ?? ctx.config.apps.secretOverlapSeconds;
  const rotated = await inTx(ctx, (tx) => rotateSecret(tx, app, { actorId: caller.userId, overlapSeconds }));
  if (!rotated.ok) {
    throw rotated.why === "closed"
      ? new Fault("not_found", "Application not found")
      : new Fault("invalid_request", "A public client has no secret.");
  }
  return {
    app_id: app.id,
    client_id: app.clientId,
    client_secret: rotated.clientSecret,
    secrets: await renderSecrets(ctx, app.id),
  };
}

async function renderSecrets(ctx: Ctx, appId: string) {
  return (await listSecrets(ctx, appId)).map(renderSecret);
}

function renderSecret({ id, hint, createdAt, expiresAt }: Secret) {
  return {
    secret_id: id,
    hint,
    created_at: new Date(createdAt).toISOString(),
    expires_at: expiresAt === null ? null : new Date(expiresAt).toISOString(),
  };
}
