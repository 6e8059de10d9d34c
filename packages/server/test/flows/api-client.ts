import { allScopes } from "../../src/consent/index.ts";
import { inTx } from "../../src/context.ts";
import type { Browser } from "../../src/testing/browser.ts";
import { issuer, type Platform } from "../../src/testing/platform.ts";
import { createApiKey, type NewApiKey } from "../../src/tokens/index.ts";

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what a wire says is judged by the test, not by the compiler
  body: any;
}

/** Who calls: the text of a key or token, somebody's browser on our own pages, or nobody. */
export type Caller = string | Browser | undefined;

export async function call(
  platform: Pick<Platform, "fetch">,
  caller: Caller,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await platform.fetch(path, {
    method,
    headers: {
      ...(typeof caller === "string" && { authorization: `Bearer ${caller}` }),
      ...(typeof caller === "object" && { cookie: cookieOf(caller), origin: issuer }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
}

export function cookieOf({ cookies }: Browser): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
}

type Owner = { id: string; workspaceId: string };

/** A key of a person's own; with every scope, unless told otherwise. */
export async function keyOf(
  { ctx }: Pick<Platform, "ctx">,
  { id: userId, workspaceId }: Owner,
  more: Partial<NewApiKey> = {},
): Promise<{ key: string; id: string }> {
  const own = { userId, workspaceId, grantId: null, name: "Key", scopes: allScopes, expiresAt: null };
  const made = await inTx(ctx, (tx) => createApiKey(tx, { ...own, ...more }));
  if (!made.ok) throw new Error(made.why);
  return { key: made.key, id: made.apiKey.id };
}
