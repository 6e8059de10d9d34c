import { type output, type ZodRawShape, type ZodType, z } from "zod";
import { readQuery } from "../http/form.ts";
import { Fault } from "../kernel/faults.ts";
import { describeMistake } from "../kernel/mistake.ts";

/** Pages counted from zero. */
export const paging = {
  page: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(25),
};

/** One page of a list, and how many there are in all. */
export function pageOf<Item extends ZodType>(item: Item) {
  return z.object({ total: z.int(), page: z.int(), limit: z.int(), items: z.array(item) });
}

export const flag = z.enum(["true", "false", "1", "0"]).transform((text) => text === "true" || text === "1");

/**
 * The query of a request as the schema reads it.
 * @throws Fault `validation_failed` with `fields.issues`; `invalid_request` for a repeated or broken parameter.
 */
export function readQueryAs<S extends ZodRawShape>(request: Request, schema: z.ZodObject<S>): output<z.ZodObject<S>> {
  const mark = request.url.indexOf("?");
  const form = readQuery(mark === -1 ? "" : request.url.slice(mark + 1));
  const asked = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, form.get(name)]));
  const result = schema.safeParse(asked, { error: describeMistake });
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message, code }) => ({
    loc: ["query", ...path],
    msg: message,
    type: code,
  }));
  throw new Fault("validation_failed", issues.map(({ loc, msg }) => `${String(loc[1])}: ${msg}`).join("; "), {
    fields: { issues },
  });
}
