import { killSecret, listSecrets, rotateSecret } from "../../apps/index.ts";
import { inTx } from "../../context.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import { Fault } from "../../kernel/faults.ts";
import type { Desk } from "../desk.ts";
import { appAddress } from "../pages/app-frame.ts";
import { renderAppSecretOnce } from "../pages/app-secret-once.ts";
import { overlapChoices, renderAppSecrets } from "../pages/app-secrets.ts";
import { type AppForm, appChange, appPage, headOf, signInAgain, tokenOf } from "./access.ts";

const sensitive: AppForm = { tab: "secrets", by: "manager", afterRecentSignIn: true };

/** The secrets of an app: living ones, a new one with overlap, killing one. */
export function appSecretRoutes(desk: Desk): Route[] {
  const { ctx } = desk;

  const show = appPage(desk, async ({ visitor, app, role, query }) => {
    const markup = renderAppSecrets(desk.frame(visitor), {
      person: visitor.person,
      csrf: tokenOf(desk, visitor, "secrets"),
      app: await headOf(desk, app, role),
      secrets: await listSecrets(ctx, app.id),
      kill: query.get("kill"),
      killed: query.get("done") === "killed",
      signInAgain: signInAgain(desk, visitor, "secrets", app),
    });
    return desk.page(markup);
  });

  const rotate = appChange(desk, sensitive, async ({ visitor, app, role, form }) => {
    const overlapSeconds = readOverlap(form.get("overlap"));
    const before = await listSecrets(ctx, app.id);
    const actorId = visitor.user.id;
    const rotated = await inTx(ctx, (tx) => rotateSecret(tx, app, { actorId, overlapSeconds }));
    if (!rotated.ok) return redirect(appAddress("secrets", app));
    const ending = overlapSeconds === 0 ? null : rotated.secret.createdAt + overlapSeconds * 1000;
    const markup = renderAppSecretOnce(desk.frame(visitor), {
      person: visitor.person,
      app: await headOf(desk, app, role),
      made: {
        kind: "rotated",
        clientId: app.clientId,
        clientSecret: rotated.clientSecret,
        endAt: before.length > 0 ? ending : undefined,
      },
    });
    return desk.page(markup);
  });

  const kill = appChange(desk, sensitive, async ({ visitor, app, form }) => {
    const secretId = form.get("secret") ?? "";
    const killed = await inTx(ctx, (tx) => killSecret(tx, app.id, secretId, visitor.user.id));
    return redirect(appAddress("secrets", app, killed ? "&done=killed" : ""));
  });

  return [
    { method: "GET", path: "/account/apps/secrets", shape: "page", handler: show },
    { method: "POST", path: "/account/apps/secrets", shape: "page", handler: rotate },
    { method: "POST", path: "/account/apps/secrets/kill", shape: "page", handler: kill },
  ];
}

/** Without a living secret there is nothing to overlap, and the form does not ask. */
export function readOverlap(text: string | undefined): number {
  const seconds = overlapChoices.find((choice) => String(choice) === (text ?? "0"));
  if (seconds === undefined) throw new Fault("invalid_request", "There is no such choice.");
  return seconds;
}
