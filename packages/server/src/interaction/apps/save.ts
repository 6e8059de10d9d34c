import { type App, appChange, findApp, judgeChange, updateApp } from "../../apps/index.ts";
import { appScopes, spendingScopes } from "../../consent/index.ts";
import { inTx } from "../../context.ts";
import type { Desk, Visitor } from "../desk.ts";
import type { AppFaults, AppValues } from "../pages/app-fields.ts";
import { faultsOf, faultsOfObjections } from "./form.ts";

/** The same rules as the API's: what was written is read by the same schema. */
const schema = appChange(appScopes);

/** Saves what stands on the wire, or says what is wrong with it. Undefined when it is saved. */
export async function saveApp(
  desk: Desk,
  visitor: Visitor,
  app: App,
  wire: unknown,
  values: AppValues,
): Promise<AppFaults | undefined> {
  const { ctx } = desk;
  const { user } = visitor;
  const read = schema.safeParse(wire);
  if (!read.success) return faultsOf(read.error, values);
  const asker = { isOperator: user.role === "operator", spendingScopes, brandName: ctx.config.brand.name };
  const objections = judgeChange(app, read.data, asker);
  if (objections.length > 0) return faultsOfObjections(objections);
  const changed = await inTx(ctx, (tx) => updateApp(tx, app, read.data, user.id));
  if (changed.ok || changed.why === "closed" || changed.why === "blocked") return undefined;
  if (changed.why === "name_taken") return { name: "taken" };
  const now = await findApp(ctx, app.id);
  return now && saveApp(desk, visitor, now, wire, values);
}
