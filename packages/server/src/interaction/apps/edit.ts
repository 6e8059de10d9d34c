import { type AppChange, appChange as changeSchema, judgeChange, updateApp } from "../../apps/index.ts";
import { appScopes, spendingScopes } from "../../consent/index.ts";
import { inTx } from "../../context.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import type { Desk } from "../desk.ts";
import { renderAppEdit } from "../pages/app-edit.ts";
import type { AppFaults, AppValues } from "../pages/app-fields.ts";
import { appAddress } from "../pages/app-frame.ts";
import { renderAppPreview } from "../pages/app-preview.ts";
import { renderAppRedirects } from "../pages/app-redirects.ts";
import { type AppVisit, appChange, appPage, headOf, signInAgain, tokenOf } from "./access.ts";
import { addressesOnWire, detailsOnWire, faultsOf, readValues, scopeChoices, valuesOf } from "./form.ts";
import { draftOf, sampleOf } from "./sample.ts";

type Asked = { ok: true } | { ok: false; faults: AppFaults };

/** The same rules as the API's: what was written is read by the same schema. */
const schema = changeSchema(appScopes);

/** What an app says of itself, where its answers go, and how people see it. */
export function appEditRoutes(desk: Desk): Route[] {
  const { ctx } = desk;

  async function details(
    { visitor, app, role }: AppVisit,
    values: AppValues,
    faults: AppFaults = {},
  ): Promise<Response> {
    const frame = desk.frame();
    const draft = draftOf(app, { ...values, redirect_uris: app.redirectUris.join("\n") }, app.name);
    const markup = renderAppEdit(frame, {
      person: visitor.person,
      csrf: tokenOf(desk, visitor, "edit"),
      app: await headOf(desk, app, role),
      values,
      faults,
      scopes: scopeChoices(ctx),
      sample: await sampleOf(desk, visitor, draft),
    });
    return desk.page(markup, { status: Object.keys(faults).length > 0 ? 400 : 200 });
  }

  async function addresses(
    visit: AppVisit,
    values: AppValues,
    faults: AppFaults = {},
    saved = false,
  ): Promise<Response> {
    const { visitor, app, role } = visit;
    const markup = renderAppRedirects(desk.frame(), {
      person: visitor.person,
      csrf: tokenOf(desk, visitor, "redirects"),
      app: await headOf(desk, app, role),
      values,
      faults,
      scopes: [],
      saved,
      signInAgain: signInAgain(desk, visitor, "redirects", app),
    });
    return desk.page(markup, { status: Object.keys(faults).length > 0 ? 400 : 200 });
  }

  async function save({ visitor, app }: AppVisit, wire: unknown, values: AppValues): Promise<Asked> {
    const { user } = visitor;
    const read = schema.safeParse(wire);
    if (!read.success) return { ok: false, faults: faultsOf(read.error, values) };
    const change: AppChange = read.data;
    const objections = judgeChange(app, change, { isOperator: user.role === "operator", spendingScopes });
    if (objections.length > 0) {
      return { ok: false, faults: Object.fromEntries(objections.map(({ field }) => [field, "spends"])) };
    }
    const changed = await inTx(ctx, (tx) => updateApp(tx, app, change, user.id));
    return changed.ok || changed.why === "closed" ? { ok: true } : { ok: false, faults: { name: "taken" } };
  }

  const saveDetails = appChange(desk, { tab: "edit", by: "manager", afterRecentSignIn: false }, async (visit) => {
    const values = readValues(visit.form);
    if (visit.form.get("decision") === "preview") return details(visit, values);
    const saved = await save(visit, detailsOnWire(values), values);
    return saved.ok ? redirect(appAddress("app", visit.app, "&done=saved")) : details(visit, values, saved.faults);
  });

  const saveAddresses = appChange(desk, { tab: "redirects", by: "manager", afterRecentSignIn: true }, async (visit) => {
    const values = readValues(visit.form);
    const saved = await save(visit, addressesOnWire(values), values);
    return saved.ok
      ? redirect(appAddress("redirects", visit.app, "&done=saved"))
      : addresses(visit, values, saved.faults);
  });

  const preview = appPage(desk, async ({ visitor, app, role }) => {
    const sample = await sampleOf(desk, visitor, app);
    const head = await headOf(desk, app, role);
    return desk.page(renderAppPreview(desk.frame(), { person: visitor.person, app: head, sample }));
  });

  const showAddresses = appPage(desk, (visit) =>
    addresses(visit, valuesOf(visit.app), {}, visit.query.get("done") === "saved"),
  );
  const showDetails = appPage(desk, (visit) => details(visit, valuesOf(visit.app)));

  return [
    { method: "GET", path: "/account/apps/edit", shape: "page", handler: showDetails },
    { method: "POST", path: "/account/apps/edit", shape: "page", handler: saveDetails },
    { method: "GET", path: "/account/apps/redirects", shape: "page", handler: showAddresses },
    { method: "POST", path: "/account/apps/redirects", shape: "page", handler: saveAddresses },
    { method: "GET", path: "/account/apps/preview", shape: "page", handler: preview },
  ];
}
