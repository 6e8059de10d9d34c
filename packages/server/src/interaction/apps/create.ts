import { appMetadata, createApp, judgeNewApp, mayCreateApps } from "../../apps/index.ts";
import { appScopes, spendingScopes } from "../../consent/index.ts";
import { inTx } from "../../context.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import { signedIn, submitted } from "../account/signed-in.ts";
import type { Desk, Visitor } from "../desk.ts";
import type { AppFaults, AppValues } from "../pages/app-fields.ts";
import { renderAppNew } from "../pages/app-new.ts";
import { renderAppSecretOnce } from "../pages/app-secret-once.ts";
import { headOf } from "./access.ts";
import {
  addressesOnWire,
  detailsOnWire,
  faultsOf,
  faultsOfObjections,
  newValues,
  readValues,
  scopeChoices,
} from "./form.ts";
import { draftOf, sampleOf, unregistered } from "./sample.ts";

const path = "/account/apps/new";
const purpose = "new app";
const listPath = "/account/apps";

const metadata = appMetadata(appScopes, spendingScopes);

/** The form of a new app, and its answer: the only page that ever shows the secret. */
export function appCreateRoutes(desk: Desk): Route[] {
  const { ctx } = desk;

  async function show(visitor: Visitor, values: AppValues, faults: AppFaults = {}): Promise<Response> {
    const frame = desk.frame(visitor);
    const draft = draftOf(unregistered(desk, visitor), values, frame.text.appForm.nameless);
    const markup = renderAppNew(frame, {
      person: visitor.person,
      csrf: desk.csrf.token({ purpose, binding: visitor.session.id }),
      values,
      faults,
      scopes: scopeChoices(ctx, frame.text),
      sample: await sampleOf(desk, visitor, draft),
    });
    return desk.page(markup, { status: Object.keys(faults).length > 0 ? 400 : 200 });
  }

  return [
    {
      method: "GET",
      path,
      shape: "page",
      handler: signedIn(desk, async ({ visitor }) => {
        const verdict = await mayCreateApps(ctx, visitor.user);
        return verdict.ok ? show(visitor, newValues) : redirect(listPath);
      }),
    },
    {
      method: "POST",
      path,
      shape: "page",
      handler: submitted(
        desk,
        purpose,
        listPath,
        async ({ visitor, form }) => {
          const values = readValues(form);
          if (form.get("decision") === "preview") return show(visitor, values);
          const answer = await register(desk, visitor, values);
          if (!answer) return redirect(listPath);
          return answer instanceof Response ? answer : show(visitor, values, answer);
        },
        ["scopes"],
      ),
    },
  ];
}

/** The page with the secret, or what is wrong with what was written. Undefined for whoever may register nothing. */
async function register(desk: Desk, visitor: Visitor, values: AppValues): Promise<Response | AppFaults | undefined> {
  const { ctx } = desk;
  const { user, person } = visitor;
  const read = metadata.safeParse({
    ...detailsOnWire(values),
    ...addressesOnWire(values),
    client_type: values.client_type,
  });
  if (!read.success) return faultsOf(read.error, values);
  const asker = { isOperator: user.role === "operator", spendingScopes, brandName: ctx.config.brand.name };
  const objections = judgeNewApp(read.data, asker);
  if (objections.length > 0) return faultsOfObjections(objections);
  const verdict = await mayCreateApps(ctx, user);
  if (!verdict.ok) return undefined;
  const { limit } = verdict;
  const made = await inTx(ctx, (tx) => createApp(tx, user.id, read.data, { limit }));
  if (!made.ok) return made.why === "name_taken" ? { name: "taken" } : undefined;
  const { app, clientSecret } = made;
  const head = await headOf(desk, app, "owner");
  return desk.page(
    renderAppSecretOnce(desk.frame(visitor), {
      person,
      app: head,
      made: { kind: "created", clientId: app.clientId, clientSecret },
    }),
  );
}
