import { type App, type AppRole, findApp, findRole } from "../../apps/index.ts";
import { type Form, readQuery } from "../../http/form.ts";
import { redirect } from "../../http/respond.ts";
import type { Handler } from "../../http/table.ts";
import { Fault } from "../../kernel/faults.ts";
import { findUser } from "../../people/index.ts";
import { faceOf } from "../account/apps-of.ts";
import { isRecentlySignedIn } from "../account/freshness.ts";
import { signedIn, signInPath, submitted, type Visit } from "../account/signed-in.ts";
import type { Desk, Visitor } from "../desk.ts";
import { notYours } from "../not-yours.ts";
import { type AppHead, type AppTab, appAddress } from "../pages/app-frame.ts";
import { readUpload, type Upload } from "./upload.ts";

const listPath = "/account/apps";

export interface AppVisit extends Visit {
  app: App;
  role: AppRole;
}

/** A page of an app, for whoever works on it. For everybody else there is no such app. */
export function appPage(desk: Desk, show: (visit: AppVisit & { query: Form }) => Promise<Response>): Handler {
  return signedIn(desk, async (visit) => {
    const query = readQuery(visit.info.query);
    return show({ ...visit, ...(await getAppFor(desk, visit.visitor, query.get("app"))), query });
  });
}

/** The form of a page of an app, and the page itself, where a person comes back to. */
export interface AppForm {
  tab: AppTab | "delete";
  /** Who may send it. */
  by: "owner" | "manager";
  /** For what a session left open on a shared computer must not be enough. */
  afterRecentSignIn: boolean;
}

/** @throws Fault `not_found` for other people's apps, `forbidden` for whoever may not change them. */
export function appChange(
  desk: Desk,
  rule: AppForm,
  act: (visit: AppVisit & { form: Form }) => Promise<Response>,
): Handler {
  const admitted = (visit: Visit & { form: Form }) => admit(desk, rule, visit, act);
  return submitted(desk, purposeOf(rule.tab), listPath, admitted, ["scopes"]);
}

/** The same for a form with a file. */
export function appUpload(
  desk: Desk,
  rule: AppForm,
  { fileName, maxBytes }: { fileName: string; maxBytes: number },
  act: (visit: AppVisit & Upload) => Promise<Response>,
): Handler {
  return async (request, info) => {
    const visitor = await desk.findVisitor(request);
    if (!visitor) return redirect(signInPath(listPath));
    const upload = await readUpload(request, fileName, maxBytes);
    desk.csrf.check(request, upload.form, { purpose: purposeOf(rule.tab), binding: visitor.session.id });
    return admit(desk, rule, { visitor, request, info, ...upload }, act);
  };
}

async function admit<V extends Visit & { form: Form }>(
  desk: Desk,
  { tab, by, afterRecentSignIn }: AppForm,
  visit: V,
  act: (visit: V & Pick<AppVisit, "app" | "role">) => Promise<Response>,
): Promise<Response> {
  const found = await getAppFor(desk, visit.visitor, visit.form.get("app"));
  const allowed = by === "owner" ? ["owner"] : ["owner", "manager"];
  if (!allowed.includes(found.role)) throw notYours("app_role", "Only others may change this.");
  if (afterRecentSignIn && !isRecentlySignedIn(desk.ctx, visit.visitor.session)) {
    return redirect(signInPath(appAddress(tab, found.app)));
  }
  return act({ ...visit, ...found });
}

/** The token of the forms of one page. */
export function tokenOf(desk: Desk, visitor: Visitor, tab: AppForm["tab"]): string {
  return desk.csrf.token({ purpose: purposeOf(tab), binding: visitor.session.id });
}

function purposeOf(tab: AppForm["tab"]): string {
  return `app ${tab}`;
}

/** The way to a new sign-in, where one is needed before the forms of a page can be sent. */
export function signInAgain(desk: Desk, visitor: Visitor, tab: AppForm["tab"], app: App): string | undefined {
  return isRecentlySignedIn(desk.ctx, visitor.session) ? undefined : signInPath(appAddress(tab, app));
}

export async function headOf(desk: Desk, app: App, role: AppRole): Promise<AppHead> {
  const owner = await findUser(desk.ctx, app.ownerId);
  return {
    id: app.id,
    face: faceOf(app),
    role,
    owner: owner?.displayName ?? app.ownerId,
    isPublic: app.clientType === "public",
    active: app.deactivatedAt === null,
    listed: app.listedAt !== null,
  };
}

async function getAppFor(
  desk: Desk,
  visitor: Visitor,
  appId: string | undefined,
): Promise<Pick<AppVisit, "app" | "role">> {
  const app = appId === undefined ? undefined : await findApp(desk.ctx, appId);
  const role = app && (await findRole(desk.ctx, app, visitor.user.id));
  if (!app || !role) throw new Fault("not_found", "There is no such app.");
  return { app, role };
}
