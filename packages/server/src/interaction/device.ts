import { canSpend } from "../consent/index.ts";
import { networkOf } from "../http/client-ip.ts";
import { readForm, readQuery } from "../http/form.ts";
import { redirect } from "../http/respond.ts";
import type { Handler, Route } from "../http/table.ts";
import { findByUserCode, formatUserCode, type OpenedRequest, openDeviceRequest, readUserCode } from "../oauth/index.ts";
import { isRecentlySignedIn } from "./account/freshness.ts";
import { signInPath } from "./account/signed-in.ts";
import type { Desk, Visitor } from "./desk.ts";
import { deviceConsentPath } from "./device-consent.ts";
import { createGuesses } from "./device-guesses.ts";
import { sealTicket } from "./device-ticket.ts";
import { type DeviceProps, renderDevice } from "./pages/device.ts";

const path = "/device";
const purpose = "device";

/** The page of the code (RFC 8628 3.3). A code that came with the address is shown too: only a person can compare it. */
export function createDeviceRoutes(desk: Desk): Route[] {
  const { ctx, csrf, sealer } = desk;
  const guesses = createGuesses(ctx.clock);

  const show: Handler = async (browser, info) => {
    const code = readUserCode(readQuery(info.query).get("user_code") ?? "");
    const visitor = await desk.findVisitor(browser);
    if (!visitor) return redirect(signInPath(here(code)));
    return codePage(desk, visitor, {
      code: code && formatUserCode(code),
      confirm: code !== undefined,
      next: here(code),
    });
  };

  const enter: Handler = async (browser, info) => {
    const form = await readForm(browser);
    const visitor = await desk.findVisitor(browser);
    const typed = form.get("user_code") ?? "";
    const code = readUserCode(typed);
    const next = here(code);
    if (!visitor) return redirect(signInPath(next));
    csrf.check(browser, form, { purpose, binding: visitor.session.id });
    // Of the person, not of the session: signing in again does not give twenty more.
    const guessers = [visitor.user.id, networkOf(info.peer)];
    const milliseconds = guesses.attempt(guessers);
    const again = (problem: DeviceProps["problem"], status: number) =>
      codePage(desk, visitor, { code: typed.slice(0, 20), problem, next }, status);
    if (milliseconds > 0) return again({ kind: "wait", milliseconds }, 429);
    const opened = code === undefined ? undefined : await findByUserCode(ctx, code);
    if (!code || !opened) return again({ kind: "wrong" }, 400);
    guesses.right(guessers);
    // Before the code is this session's: a new sign-in makes a new session.
    if (needsFreshSignIn(desk, visitor, opened)) return redirect(signInPath(next));
    if (!(await openDeviceRequest(ctx, opened.request, visitor.session.id))) {
      return codePage(desk, visitor, { problem: { kind: "taken" }, next: path }, 403);
    }
    const ticket = sealTicket(sealer, { id: opened.request.id, userCode: formatUserCode(code), shown: null });
    return redirect(`${deviceConsentPath}?request=${ticket}`);
  };

  return [
    { method: "GET", path, shape: "page", handler: show },
    { method: "POST", path, shape: "page", handler: enter },
  ];
}

/** The page itself, to come back to. */
function here(code: string | undefined): string {
  return code === undefined ? path : `${path}?user_code=${formatUserCode(code)}`;
}

/** The next page can give a cap, or raise the one in force. */
function needsFreshSignIn({ ctx }: Desk, { session }: Visitor, { request }: OpenedRequest): boolean {
  return canSpend(request.asked.scopes) && !isRecentlySignedIn(ctx, session);
}

export function codePage(
  desk: Desk,
  visitor: Visitor,
  props: Omit<DeviceProps, "csrf" | "person">,
  status = 200,
): Response {
  const { person, session } = visitor;
  const csrf = desk.csrf.token({ purpose, binding: session.id });
  return desk.page(renderDevice(desk.frame(visitor), { ...props, csrf, person }), { status });
}
