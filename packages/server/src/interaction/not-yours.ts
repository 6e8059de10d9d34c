import { Fault } from "../kernel/faults.ts";
import type { FatalReason } from "./pages/fatal-error.ts";

type Reason = Extract<FatalReason, "app_role" | "device_of_another_session">;

/** A page that is there and works, but not for this person: its sentence says so, and not that the form is too old. */
export function notYours(reason: Reason, description: string): Fault {
  return new Fault("forbidden", description, { fields: { reason } });
}

/** Why, where it was said by {@link notYours}. */
export function reasonOf({ fields }: Fault): Reason | undefined {
  return fields.reason as Reason | undefined;
}
