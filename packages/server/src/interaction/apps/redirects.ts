import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import type { Desk } from "../desk.ts";
import type { AppFaults, AppValues } from "../pages/app-fields.ts";
import { appAddress } from "../pages/app-frame.ts";
import { renderAppRedirects } from "../pages/app-redirects.ts";
import { type AppForm, type AppVisit, appChange, appPage, headOf, signInAgain, tokenOf } from "./access.ts";
import { addressesOnWire, readValues, valuesOf } from "./form.ts";
import { saveApp } from "./save.ts";

const path = "/account/apps/redirects";

/** Whoever controls an address can sign in as the users of the app. */
const sensitive: AppForm = { tab: "redirects", by: "manager", afterRecentSignIn: true };

/** Where the answers of an app go. */
export function appRedirectRoutes(desk: Desk): Route[] {
  async function show(visit: AppVisit, values: AppValues, faults: AppFaults = {}, saved = false): Promise<Response> {
    const { visitor, app, role } = visit;
    const markup = renderAppRedirects(desk.frame(visitor), {
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

  const view = appPage(desk, (visit) => show(visit, valuesOf(visit.app), {}, visit.query.get("done") === "saved"));

  const save = appChange(desk, sensitive, async (visit) => {
    const values = readValues(visit.form);
    const faults = await saveApp(desk, visit.visitor, visit.app, addressesOnWire(values), values);
    return faults ? show(visit, values, faults) : redirect(appAddress("redirects", visit.app, "&done=saved"));
  });

  return [
    { method: "GET", path, shape: "page", handler: view },
    { method: "POST", path, shape: "page", handler: save },
  ];
}
