import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import type { Desk } from "../desk.ts";
import { renderAppEdit } from "../pages/app-edit.ts";
import type { AppFaults, AppValues } from "../pages/app-fields.ts";
import { appAddress } from "../pages/app-frame.ts";
import { renderAppPreview } from "../pages/app-preview.ts";
import { type AppVisit, appChange, appPage, headOf, tokenOf } from "./access.ts";
import { detailsOnWire, readValues, scopeChoices, valuesOf } from "./form.ts";
import { draftOf, sampleOf } from "./sample.ts";
import { saveApp } from "./save.ts";

/** What an app says of itself, and how people see it. */
export function appEditRoutes(desk: Desk): Route[] {
  async function show({ visitor, app, role }: AppVisit, values: AppValues, faults: AppFaults = {}): Promise<Response> {
    const draft = draftOf(app, { ...values, redirect_uris: app.redirectUris.join("\n") }, app.name);
    const markup = renderAppEdit(desk.frame(visitor), {
      person: visitor.person,
      csrf: tokenOf(desk, visitor, "edit"),
      app: await headOf(desk, app, role),
      values,
      faults,
      scopes: scopeChoices(desk.ctx, desk.frame(visitor).text),
      sample: await sampleOf(desk, visitor, draft),
    });
    return desk.page(markup, { status: Object.keys(faults).length > 0 ? 400 : 200 });
  }

  const save = appChange(desk, { tab: "edit", by: "manager", afterRecentSignIn: false }, async (visit) => {
    const values = readValues(visit.form);
    if (visit.form.get("decision") === "preview") return show(visit, values);
    const faults = await saveApp(desk, visit.visitor, visit.app, detailsOnWire(values), values);
    return faults ? show(visit, values, faults) : redirect(appAddress("app", visit.app, "&done=saved"));
  });

  const preview = appPage(desk, async ({ visitor, app, role }) => {
    const sample = await sampleOf(desk, visitor, app);
    const head = await headOf(desk, app, role);
    return desk.page(renderAppPreview(desk.frame(visitor), { person: visitor.person, app: head, sample }));
  });

  return [
    {
      method: "GET",
      path: "/account/apps/edit",
      shape: "page",
      handler: appPage(desk, (visit) => show(visit, valuesOf(visit.app))),
    },
    { method: "POST", path: "/account/apps/edit", shape: "page", handler: save },
    { method: "GET", path: "/account/apps/preview", shape: "page", handler: preview },
  ];
}
