import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { findApp } from "../../src/apps/index.ts";
import { allScopes } from "../../src/consent/index.ts";
import { inTx } from "../../src/context.ts";
import { createApiKey } from "../../src/tokens/index.ts";
import type { Storyteller } from "./storyteller.ts";

/** A web server out there that answers as it is told. */
export async function openOutside() {
  const received: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    received.push(request);
    outside.play(request, response);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const outside = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    play: (_: IncomingMessage, response: ServerResponse) => void response.writeHead(404).end(),
    close: () => void server.close(),
  };
  return outside;
}

/** A key with every scope, of Maya or of the owner of the app. */
export async function keyOf({ ctx, maya, app }: Storyteller, whose: "maya" | "owner"): Promise<string> {
  const userId = whose === "maya" ? maya.id : (await findApp(ctx, app.id))!.ownerId;
  const wanted = { userId, workspaceId: maya.workspaceId, grantId: null, name: "Key", expiresAt: null };
  const created = await inTx(ctx, (tx) => createApiKey(tx, { ...wanted, scopes: [...allScopes] }));
  if (!created.ok) throw new Error(created.why);
  return created.key;
}

/** One call of the API, with JSON unless the body is bytes. */
export function caller(platform: Storyteller, key: string) {
  return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const isJson = body !== undefined && !(body instanceof Uint8Array);
    const response = await platform.fetch(path, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(isJson && { "content-type": "application/json" }), ...headers },
      ...(body !== undefined && { body: isJson ? JSON.stringify(body) : (body as Uint8Array<ArrayBuffer>) }),
    });
    return { status: response.status, body: await response.json() };
  };
}
