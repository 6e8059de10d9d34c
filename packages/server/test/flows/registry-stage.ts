import type { ConfigFile } from "../../src/config/read-config.ts";
import { allScopes } from "../../src/consent/index.ts";
import { type Ctx, inTx } from "../../src/context.ts";
import { query } from "../../src/store/index.ts";
import { issuer } from "../../src/testing/platform.ts";
import { createApiKey } from "../../src/tokens/index.ts";
import { openStoryteller, type Storyteller } from "./storyteller.ts";

// What a wire says is judged by the test, not by the compiler.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Json = any;

export interface Answer {
  status: number;
  headers: Headers;
  body: Json;
}

/** Somebody who uses the API. */
export interface Caller {
  id: string;
  key: string;
  call(method: string, path: string, body?: unknown): Promise<Answer>;
}

/** Maya and Kit with keys of their own, and Olga, who operates the platform. Kit owns the app Storyteller. */
export interface RegistryStage extends Storyteller {
  mayas: Caller;
  kits: Caller;
  olgas: Caller;
  send(method: string, path: string, options?: { headers?: Record<string, string>; body?: unknown }): Promise<Answer>;
  /** Whoever is signed in with that browser, through the cookie alone. */
  bySession(username: string): Promise<Caller["call"]>;
  keyOf(user: { id: string; workspaceId: string }, scopes: readonly string[]): Promise<string>;
  /** Actions of the audit log, oldest first. */
  audit(): Promise<string[]>;
}

export const wanted = { name: "Fieldnotes", redirect_uris: ["https://fieldnotes.example/callback"] };

export async function openRegistryStage(file: ConfigFile = {}): Promise<RegistryStage> {
  const platform = await openStoryteller({}, { file });
  const { ctx } = platform;
  const people = await Promise.all([findPerson(ctx, "kit"), platform.addUser("olga")]);
  await makeOperator(ctx, people[1].id);

  const send: RegistryStage["send"] = async (method, path, { headers = {}, body } = {}) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const response = await platform.fetch(path, {
      method,
      headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      ...(body !== undefined && { body: text }),
    });
    const answer = await response.text();
    return { status: response.status, headers: response.headers, body: answer === "" ? null : JSON.parse(answer) };
  };

  const keyOf: RegistryStage["keyOf"] = async ({ id: userId, workspaceId }, scopes) => {
    const key = { userId, workspaceId, grantId: null, name: "Key", scopes: [...scopes], expiresAt: null };
    const made = await inTx(ctx, (tx) => createApiKey(tx, key));
    if (!made.ok) throw new Error(made.why);
    return made.key;
  };

  const callerOf = async (user: { id: string; workspaceId: string }): Promise<Caller> => {
    const key = await keyOf(user, allScopes);
    const headers = { authorization: `Bearer ${key}` };
    return { id: user.id, key, call: (method, path, body) => send(method, path, { headers, body }) };
  };

  return {
    ...platform,
    mayas: await callerOf(platform.maya),
    kits: await callerOf(people[0]),
    olgas: await callerOf(people[1]),
    send,
    keyOf,
    async bySession(username) {
      const browser = platform.browser();
      const password = "tulips in the attic 4";
      await browser.submit(await browser.open("/idp/login"), "/idp/login", { login: username, password });
      const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      return (method, path, body) => send(method, path, { headers: { cookie, origin: issuer }, body });
    },
    async audit() {
      const rows = await query(ctx, (db) => db.selectFrom("audit_log").select("action").orderBy("id"));
      return rows.map(({ action }) => action);
    },
  };
}

async function findPerson(ctx: Ctx, username: string): Promise<{ id: string; workspaceId: string }> {
  const rows = await query(ctx, (db) =>
    db
      .selectFrom("users")
      .innerJoin("members", "members.user_id", "users.id")
      .select(["users.id", "members.workspace_id"])
      .where("username_key", "=", username),
  );
  return { id: rows[0]!.id, workspaceId: rows[0]!.workspace_id };
}

async function makeOperator(ctx: Ctx, userId: string): Promise<void> {
  await inTx(ctx, (tx) =>
    query(tx, (db) => db.updateTable("users").set({ role: "operator" }).where("id", "=", userId).returning("id")),
  );
}
