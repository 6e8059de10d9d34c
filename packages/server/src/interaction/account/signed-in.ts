import { type Form, readForm } from "../../http/form.ts";
import { redirect } from "../../http/respond.ts";
import type { Handler, RequestInfo } from "../../http/table.ts";
import type { Desk, Visitor } from "../desk.ts";

export interface Visit {
  visitor: Visitor;
  request: Request;
  info: RequestInfo;
}

/** A page for whoever is signed in; anybody else signs in first and comes back to it. */
export function signedIn(desk: Desk, show: (visit: Visit) => Response | Promise<Response>): Handler {
  return async (request, info) => {
    const visitor = await desk.findVisitor(request);
    return visitor ? show({ visitor, request, info }) : redirect(signInPath(here(info)));
  };
}

/**
 * A form of a signed-in person. Its token belongs to the session and to the purpose.
 * @param repeatable parameters that may be sent more than once, such as ticked boxes
 * @throws Fault `forbidden` for a form that was not shown to this session.
 */
export function submitted(
  desk: Desk,
  purpose: string,
  back: string,
  act: (visit: Visit & { form: Form }) => Response | Promise<Response>,
  repeatable: readonly string[] = [],
): Handler {
  return async (request, info) => {
    const form = await readForm(request, { repeatable });
    const visitor = await desk.findVisitor(request);
    if (!visitor) return redirect(signInPath(back));
    desk.csrf.check(request, form, { purpose, binding: visitor.session.id });
    return act({ visitor, request, info, form });
  };
}

export function signInPath(next: string): string {
  return `/idp/login?next=${encodeURIComponent(next)}`;
}

function here({ path, query }: RequestInfo): string {
  return query === "" ? path : `${path}?${query}`;
}
