import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import { Fault } from "../../kernel/faults.ts";
import { signedIn } from "../account/signed-in.ts";
import type { Desk } from "../desk.ts";
import { auditRoutes } from "./audit.ts";
import { ledgerRoutes } from "./ledger.ts";
import { roomsOf } from "./staff.ts";
import { userSheetRoutes } from "./user.ts";
import { userListRoutes } from "./users.ts";

/** The pages of the people who run the platform. Nobody acts as somebody else: there is no such page. */
export function operatorRoutes(desk: Desk): Route[] {
  const first = signedIn(desk, ({ visitor }) => {
    const [room] = roomsOf(visitor.user.role);
    if (!room) throw new Fault("not_found", "Not found");
    return redirect(`/operator/${room}`);
  });
  return [
    { method: "GET", path: "/operator", shape: "page", handler: first },
    ...userListRoutes(desk),
    ...userSheetRoutes(desk),
    ...auditRoutes(desk),
    ...ledgerRoutes(desk),
  ];
}
