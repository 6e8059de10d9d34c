import type { Form } from "../../http/form.ts";
import type { RequestInfo, Route } from "../../http/table.ts";
import type { Frame, Markup } from "../../ui/index.ts";
import type { RequestingApp } from "../pages/sign-in.ts";
import type { Waiting } from "./entrance.ts";

/** What every page of signing in carries on. */
export interface DoorProps {
  /** The sealed authorization request, when an app waits for the answer. */
  request?: string | undefined;
  /** The page of our own that waits for the sign-in. */
  next?: string | undefined;
  app?: RequestingApp | undefined;
  /** What the person may be called. */
  login?: string | undefined;
}

/** What a way puts on the page of all ways. */
export interface Offer {
  markup: Markup;
  /** The path of its script, which makes things easier and is needed for nothing. */
  script?: string | undefined;
}

/** What the forms on the page of all ways are bound to. */
export interface Bound {
  csrf: string;
  /** The mark of the browser. */
  mark: string;
}

/** The form token of every page of signing in. */
export const signInPurpose = "sign-in";

/** One way of signing in. Another one is one file and one line in `ways.ts`. */
export interface Way {
  /** As its form says it in `auth_method`. */
  readonly name: string;
  /** A button or a link beside the password, where a deployment has this way. */
  offer?(browser: Request, frame: Frame, props: DoorProps, bound: Bound): Offer | undefined;
  /** A page of its own. It is only shown where there is a reason to sign in. */
  page?: { path: string; show(browser: Request, props: DoorProps): Response | Promise<Response> };
  /** What its form at `/idp/login` does; the form's token was checked. Whoever proves who they are goes to the entrance. */
  enter(browser: Request, form: Form, info: RequestInfo, waiting: Waiting): Promise<Response>;
  /** Further addresses, such as the one another provider sends back to. */
  routes?: readonly Route[];
}
