import type { Route } from "../http/table.ts";
import { type KnownRefusal, knownRefusals, refusalPath } from "../kernel/faults.ts";
import type { Desk } from "./desk.ts";
import { renderRefusal } from "./pages/refusal.ts";

/** One page for each refusal that names one in `error_uri`. */
export function refusalRoutes(desk: Desk): Route[] {
  return (Object.keys(knownRefusals) as KnownRefusal[]).map((refusal) => ({
    method: "GET",
    path: refusalPath(refusal),
    shape: "page",
    handler: (browser) => desk.page(renderRefusal(desk.frame(browser), refusal)),
  }));
}
