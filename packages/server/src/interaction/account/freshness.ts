import type { Grant } from "../../consent/index.ts";

export { isRecentlySignedIn } from "../../people/index.ts";

/** Whether the app has a cap at all. */
export function mayBeSpent(grant: Grant | undefined): grant is Grant & { budgetId: string } {
  return grant !== undefined && grant.budgetId !== null;
}
