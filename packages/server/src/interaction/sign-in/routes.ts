import { readForm, readQuery } from "../../http/form.ts";
import { redirect } from "../../http/respond.ts";
import type { Handler, Route } from "../../http/table.ts";
import { isRecentlySignedIn } from "../account/freshness.ts";
import { requestingApp } from "../app-face.ts";
import type { Desk, Visitor } from "../desk.ts";
import { fatalPage } from "../fatal-page.ts";
import { signInPath } from "../onward.ts";
import { ownPath } from "../own-path.ts";
import { homePath } from "./entrance.ts";
import { createSecondFactorRoutes, type SecondFactorOptions } from "./second-factor.ts";
import { signInPurpose, type Way } from "./way.ts";
import { createWays, type WaysIn } from "./ways.ts";

type Door = NonNullable<Way["page"]>["show"];

/** The pages of all ways of signing in, and what their forms lead to. With a sealed request it is a step on the way to an app. */
export function createSignInRoutes(
  desk: Desk,
  { onward, entrance, lasting, ...means }: Omit<SecondFactorOptions, "password"> & WaysIn,
): Route[] {
  const { password, others } = createWays(desk, entrance, { ...means, onward });

  const show =
    (door: Door): Handler =>
    async (browser, info) => {
      const query = readQuery(info.query);
      const sealed = query.get("request");
      const visitor = await desk.findVisitor(browser);
      if (sealed === undefined) return showAlone(desk, browser, visitor, query.get("next"), door);
      const carried = await onward.open(sealed, browser);
      if (!carried.ok) return fatalPage(desk, carried.reason, info, browser);
      const standing = { ...carried, visitor };
      const step = await onward.nextStep(standing);
      if (step.step !== "sign_in") return onward.take(step, standing, browser, { sealed });
      const login = carried.request.loginHint ?? visitor?.user.username;
      return door(browser, { request: sealed, app: requestingApp(carried), login });
    };

  const enter: Handler = async (browser, info) => {
    const form = await readForm(browser);
    desk.csrf.check(browser, form, { purpose: signInPurpose, binding: desk.cookies.read(browser, "browser") ?? "" });
    const sealed = form.get("request");
    const carried = sealed === undefined ? undefined : await onward.open(sealed, browser);
    if (carried && !carried.ok) return fatalPage(desk, carried.reason, info, browser);
    const next = ownPath(form.get("next"));
    const way = others.find(({ name }) => name === form.get("auth_method")) ?? password;
    return way.enter(browser, form, info, { sealed, carried, next });
  };

  return [
    page(signInPath, show(password.show)),
    page("/sign-in", show(password.show)),
    ...others.flatMap((way) => (way.page ? [page(way.page.path, show(way.page.show))] : [])),
    { method: "POST", path: signInPath, shape: "page", handler: enter },
    ...others.flatMap((way) => way.routes ?? []),
    ...createSecondFactorRoutes(desk, { onward, entrance, lasting, password }),
  ];
}

function page(path: string, handler: Handler): Route {
  return { method: "GET", path, shape: "page", handler };
}

/** Nobody waits: on to the own pages, after a new sign-in where one of them asked for it. */
function showAlone(
  desk: Desk,
  browser: Request,
  visitor: Visitor | undefined,
  asked: string | undefined,
  door: Door,
): Response | Promise<Response> {
  const next = ownPath(asked);
  const stays = visitor && (next === undefined || isRecentlySignedIn(desk.ctx, visitor.session));
  return stays ? redirect(next ?? homePath) : door(browser, { next, login: visitor?.user.username });
}
