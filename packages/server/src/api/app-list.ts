import { z } from "zod";
import { type App, type AppFilter, findRole, listApps } from "../apps/index.ts";
import type { Ctx } from "../context.ts";
import { Fault } from "../kernel/faults.ts";
import { isOperator, readingApps } from "./app-access.ts";
import { listedApp, renderApp, renderFace } from "./app-object.ts";
import type { Cursors } from "./cursors.ts";
import type { ApiCaller } from "./guard.ts";
import { type Operation, operation } from "./operation.ts";
import { flag, pageOf, paging } from "./query.ts";

const listQuery = z.object({
  ...paging,
  include_public: flag.default(true).meta({ description: "Everybody's apps in the directory as well" }),
  include_shared: flag.default(true).meta({ description: "Apps that were shared with you as well" }),
  search: z
    .string()
    .max(1000)
    .optional()
    .meta({ description: "In name, description and homepage, in any letter case" }),
  user_id: z.string().max(64).optional().meta({ description: "`me` for your own apps alone" }),
  cursor: z.string().max(1000).optional().meta({ description: "The `next` of the page before, instead of `page`" }),
});

type ListQuery = z.output<typeof listQuery>;

const answer = pageOf(listedApp).extend({
  next: z.string().nullable().meta({ description: "The `cursor` of the next page" }),
  cord_refs: z.null(),
});

export function listOperation(ctx: Ctx, cursors: Cursors): Operation {
  return operation({
    method: "GET",
    path: "/idp/apps",
    summary: "List your apps, those shared with you, and the directory, newest first",
    anyOf: readingApps,
    query: listQuery,
    answer,
    refusals: ["invalid_request", "forbidden"],
    handle: ({ caller, query }) => renderList(ctx, cursors, caller, query),
  });
}

async function renderList(ctx: Ctx, cursors: Cursors, caller: ApiCaller, query: ListQuery) {
  const { page, limit, cursor } = query;
  const filter = await filterFor(ctx, caller, query);
  const listing = { name: "apps", userId: caller.userId, filter };
  if (cursor !== undefined && page > 0) throw new Fault("invalid_request", "Either page or cursor, not both.");
  const place = cursor === undefined ? { page, limit } : { before: cursors.open(listing, cursor), limit };
  const { total, items } = await listApps(ctx, { ...filter, ...place });
  return {
    total,
    page,
    limit,
    items: await Promise.all(items.map((app) => renderItem(ctx, caller, app))),
    next: items.length === limit ? cursors.seal(listing, items.at(-1)!.id) : null,
    cord_refs: null,
  };
}

/** An app's token sees the directory: what its user has besides is none of the app's business. */
async function filterFor(ctx: Ctx, caller: ApiCaller, query: ListQuery): Promise<AppFilter> {
  const { include_public, include_shared, search, user_id } = query;
  const found = search === undefined ? {} : { search };
  if (caller.appId !== null) return { includeListed: include_public && user_id === undefined, ...found };
  if (user_id === undefined) {
    const shared = include_shared && { sharedWith: caller.userId };
    return { ownerId: caller.userId, ...shared, includeListed: include_public, ...found };
  }
  const ownerId = user_id === "me" ? caller.userId : user_id;
  if (ownerId !== caller.userId && !(await isOperator(ctx, caller))) {
    throw new Fault("forbidden", "Only your own apps can be listed by user.");
  }
  // Listing by user is about that user's own apps alone.
  return { ownerId, includeListed: false, ...found };
}

async function renderItem(ctx: Ctx, caller: ApiCaller, app: App) {
  const role = caller.appId === null ? await findRole(ctx, app, caller.userId) : undefined;
  return role ? renderApp(ctx, app, role) : renderFace(ctx, app);
}
