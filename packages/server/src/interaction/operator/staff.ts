import type { Handler } from "../../http/table.ts";
import { Fault } from "../../kernel/faults.ts";
import { hasRight, type Role, type StaffRight } from "../../people/index.ts";
import { signedIn, submitted, type Visit } from "../account/signed-in.ts";
import type { Desk, Visitor } from "../desk.ts";
import type { OperatorRoom, Staff } from "../pages/operator-frame.ts";

const rooms: Record<OperatorRoom, StaffRight> = {
  users: "accounts.read",
  audit: "audit.read",
  ledger: "ledger.read",
};

/** A page for whoever has this right. For everybody else it is not there, whoever they are. */
export function forStaff(desk: Desk, right: StaffRight, show: (visit: Visit) => Response | Promise<Response>): Handler {
  return signedIn(desk, (visit) => {
    demand(visit.visitor, right);
    return show(visit);
  });
}

/** A form of it; whatever it leads to asks for the right once more, in its transaction. */
export function submittedByStaff(
  desk: Desk,
  purpose: string,
  back: string,
  act: Parameters<typeof submitted>[3],
): Handler {
  return submitted(desk, purpose, back, (visit) => {
    demand(visit.visitor, "accounts.change");
    return act(visit);
  });
}

function demand({ user }: Visitor, right: StaffRight): void {
  if (!hasRight(user.role, right)) throw new Fault("not_found", "Not found");
}

export function staffOf({ person, user }: Visitor): Staff {
  return { person, rooms: roomsOf(user.role) };
}

export function roomsOf(role: Role): OperatorRoom[] {
  return (Object.keys(rooms) as OperatorRoom[]).filter((room) => hasRight(role, rooms[room]));
}
