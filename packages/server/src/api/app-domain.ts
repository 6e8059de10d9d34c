import { z } from "zod";
import { domainProof, dropDomain, readDomain, startDomain, verifyDomain } from "../apps/index.ts";
import { type Ctx, inTx } from "../context.ts";
import { createRateLimiter, rateLimited } from "../http/rate-limit.ts";
import { Fault } from "../kernel/faults.ts";
import { changingApps, getChangeableApp, insistOnRecentSignIn } from "./app-access.ts";
import { type Operation, operation } from "./operation.ts";

const domain = z.string().transform((text, { addIssue }) => {
  const name = readDomain(text);
  if (name !== undefined) return name;
  addIssue({ code: "custom", message: 'Must be the name of a domain, such as "fieldnotes.example"' });
  return z.NEVER;
});

const answer = z.object({
  app_id: z.string(),
  domain: z.string(),
  verified: z.boolean(),
  dns_record: z
    .object({ type: z.literal("TXT"), name: z.string(), value: z.string() })
    .meta({ description: "Publish this record" }),
  file: z.object({ url: z.string(), content: z.string() }).meta({ description: "Or this file; either is enough" }),
});

/** Each asks a stranger's name servers and web server. */
const lookLimit = { attempts: 10, seconds: 60 };

const refusals = {
  closed: () => new Fault("not_found", "Application not found"),
  not_asked: () => new Fault("conflict", "Say first which domain: POST …/domain."),
  elsewhere: () => {
    const msg = "The homepage and every redirect URI must lie within the domain.";
    const issue = { loc: ["body", "domain"], msg, type: "elsewhere" };
    return new Fault("validation_failed", msg, { fields: { issues: [issue] } });
  },
  no_proof: () => new Fault("conflict", "Neither the record nor the file is there yet."),
};

/** An app whose owner proves whose domain it is shows a badge to people. */
export function domainOperations(ctx: Ctx): Operation[] {
  const looks = createRateLimiter({ clock: ctx.clock, ...lookLimit });
  return [
    operation({
      method: "POST",
      path: "/idp/apps/{app_id}/domain",
      summary: "Ask how to prove the domain of an app",
      description: "The homepage and every redirect URI must lie within the domain, loopback aside.",
      anyOf: changingApps,
      body: z.object({ domain }),
      answer,
      refusals: ["not_found", "forbidden"],
      async handle({ caller, params, body }) {
        const { app } = await getChangeableApp(ctx, caller, params.app_id);
        await insistOnRecentSignIn(ctx, caller);
        const started = await inTx(ctx, (tx) => startDomain(tx, app.id, body.domain, caller.userId));
        if (!started.ok) throw refusals[started.why]();
        return render(app.id, body.domain, started.verified);
      },
    }),
    operation({
      method: "POST",
      path: "/idp/apps/{app_id}/domain/verify",
      summary: "Look for the proof now",
      anyOf: changingApps,
      answer,
      refusals: ["not_found", "forbidden", "conflict", "validation_failed", "rate_limited"],
      async handle({ caller, params }) {
        const { app } = await getChangeableApp(ctx, caller, params.app_id);
        const wait = looks.attempt(app.id);
        if (wait > 0) throw rateLimited(wait);
        const verdict = await verifyDomain(ctx, app.id, caller.userId);
        if (!verdict.ok) throw refusals[verdict.why]();
        return render(app.id, verdict.app.verifiedDomain!, true);
      },
    }),
    operation({
      method: "DELETE",
      path: "/idp/apps/{app_id}/domain",
      summary: "Give up the domain of an app, and its badge",
      anyOf: changingApps,
      answer: z.object({ app_id: z.string(), deleted: z.literal(true) }),
      refusals: ["not_found", "forbidden"],
      async handle({ caller, params }) {
        const { app } = await getChangeableApp(ctx, caller, params.app_id);
        if (!(await inTx(ctx, (tx) => dropDomain(tx, app.id, caller.userId)))) throw refusals.closed();
        return { app_id: app.id, deleted: true as const };
      },
    }),
  ];
}

function render(appId: string, name: string, verified: boolean): z.input<typeof answer> {
  const { recordName, fileUrl, content } = domainProof(appId, name);
  return {
    app_id: appId,
    domain: name,
    verified,
    dns_record: { type: "TXT", name: recordName, value: content },
    file: { url: fileUrl, content },
  };
}
