import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allScopes } from "../../src/consent/index.ts";
import { inTx } from "../../src/context.ts";
import { type Role, updateRole } from "../../src/people/index.ts";
import { databases, issuer, openPlatform, type Platform } from "../../src/testing/index.ts";
import { createApiKey } from "../../src/tokens/index.ts";
import { everyRow } from "../every-row.ts";
import { signInByPassword } from "./upstream-stage.ts";

interface Person {
  id: string;
  workspaceId: string;
  cookie: string;
  adminKey: string;
  dataKey: string;
}

/** Every operation of the people who run the platform, and who may call it. */
const operations: [method: string, path: string, allowed: Role[], body?: object][] = [
  ["GET", "/admin/users", ["operator", "support"]],
  ["GET", "/admin/users/{maya}", ["operator", "support"]],
  ["GET", "/admin/audit-log", ["operator", "auditor"]],
  ["GET", "/admin/wallets/{wallet}/entries", ["operator", "auditor"]],
  ["POST", "/admin/users/{maya}/credit", ["operator"], { amount: "1.00", reference: "r-1" }],
  ["PUT", "/admin/users/{maya}/role", ["operator"], { role: "support" }],
  ["POST", "/admin/users/{maya}/disable", ["operator"]],
  ["POST", "/admin/users/{maya}/enable", ["operator"]],
];

describe.each(databases)("the operations of operators, on $name", ({ open }) => {
  let platform: Platform;
  let people: Record<Role, Person>;
  let maya: { id: string; workspaceId: string };

  beforeAll(async () => {
    platform = await openPlatform(open, {
      file: {
        upstreams: { main: { baseUrl: "http://127.0.0.1:9/v1", apiKey: "x" } },
        models: {
          m: { upstream: "main", upstreamModel: "m", prices: { input: "1", output: "1" }, maxOutputTokens: 10 },
        },
      },
    });
    people = {
      user: await person("nobody", "user"),
      operator: await person("olga", "operator"),
      support: await person("sam", "support"),
      auditor: await person("ada", "auditor"),
    };
    maya = await platform.addUser("maya");
  });
  afterAll(() => platform.close());

  async function person(username: string, role: Role): Promise<Person> {
    const { ctx } = platform;
    const made = await platform.addUser(username);
    if (role !== "user") await inTx(ctx, (tx) => updateRole(tx, made.id, role));
    const browser = platform.browser();
    await signInByPassword(browser, username);
    const keyOf = async (scopes: readonly string[]) => {
      const own = { userId: made.id, workspaceId: made.workspaceId, grantId: null, name: "Key", expiresAt: null };
      const created = await inTx(ctx, (tx) => createApiKey(tx, { ...own, scopes }));
      if (!created.ok) throw new Error(created.why);
      return created.key;
    };
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    return { ...made, cookie, adminKey: await keyOf(["admin"]), dataKey: await keyOf(allScopes) };
  }

  const call = (method: string, path: string, headers: Record<string, string>, body?: object) =>
    platform.fetch(path.replace("{maya}", maya.id).replace("{wallet}", maya.workspaceId), {
      method,
      headers: { ...headers, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
  const byKey = (key: string) => ({ authorization: `Bearer ${key}` });
  const inPerson = ({ cookie }: Person) => ({ cookie, origin: issuer });

  it.each(operations)("[Y01] %s %s is for %j", async (method, path, allowed, body) => {
    for (const role of ["user", "support", "auditor"] as const) {
      const before = allowed.includes(role) ? undefined : await everyRow(platform.ctx);
      for (const headers of [byKey(people[role].adminKey), inPerson(people[role])]) {
        const answer = await call(method, path, headers, body);
        expect([role, answer.status]).toEqual([role, allowed.includes(role) ? 200 : 403]);
      }
      if (before) expect(await everyRow(platform.ctx)).toEqual(before);
    }
    expect((await call(method, path, byKey(people.operator.adminKey), body)).status).toBe(200);
    expect((await call(method, path, {}, body)).status).toBe(401);
  });

  it.each(operations)("[O07] %s %s takes no key that is made for something else", async (method, path, _who, body) => {
    const before = await everyRow(platform.ctx);
    const answer = await call(method, path, byKey(people.operator.dataKey), body);
    expect(answer.status).toBe(403);
    expect(answer.headers.get("www-authenticate")).toContain('scope="admin"');
    expect(await everyRow(platform.ctx)).toEqual(before);
  });

  it.each([
    ["POST", "/v1/chat/completions", { model: "m", messages: [{ role: "user", content: "x" }] }],
    ["GET", "/v1/models", undefined],
    ["GET", "/users/me", undefined],
    ["GET", "/users/me/usage", undefined],
    ["GET", "/users/me/keys", undefined],
    ["POST", "/users/me/keys", { name: "Key", scopes: ["openid"] }],
    ["GET", "/idp/apps", undefined],
    ["POST", "/idp/apps", { name: "App", redirect_uris: ["https://app.example/cb"] }],
    ["GET", "/idp/authorizations", undefined],
    ["GET", "/users/me/sessions", undefined],
  ] as const)("[O07] a key that runs the platform does nothing else: %s %s", async (method, path, body) => {
    const before = await everyRow(platform.ctx);
    const answer = await call(method, path, byKey(people.operator.adminKey), body);
    expect(answer.status).toBe(403);
    expect(await everyRow(platform.ctx)).toEqual(before);
  });

  it("[Y06] is made by an operator in person, alone, and by nobody and nothing else", async () => {
    const make = (headers: Record<string, string>, body: object) =>
      call("POST", "/users/me/keys", headers, { name: "Desk", ...body });
    const admin = { scopes: ["admin"] };
    for (const role of ["user", "support", "auditor"] as const) {
      expect([role, (await make(inPerson(people[role]), admin)).status]).toEqual([role, 403]);
    }
    expect((await make(inPerson(people.operator), { scopes: ["admin", "gateway:access"] })).status).toBe(403);
    expect((await make(byKey(people.operator.dataKey), admin)).status).toBe(403);
    const everything = await make(inPerson(people.operator), { full: true });
    expect(((await everything.json()) as { scopes: string[] }).scopes).not.toContain("admin");
    const made = await make(inPerson(people.operator), admin);
    const { key, scopes } = (await made.json()) as { key: string; scopes: string[] };
    expect([made.status, scopes]).toEqual([200, ["admin"]]);
    expect((await call("GET", "/admin/users", byKey(key))).status).toBe(200);
  });

  it("[Y06] is worth what its owner is, from the next call on", async () => {
    const former = await person("felix", "operator");
    expect((await call("GET", "/admin/users", byKey(former.adminKey))).status).toBe(200);
    await inTx(platform.ctx, (tx) => updateRole(tx, former.id, "user"));
    expect((await call("GET", "/admin/users", byKey(former.adminKey))).status).toBe(403);
  });

  it("[Y06] no app and no consent page ever gets the scope", async () => {
    const owner = await platform.addUser("owner");
    const app = await platform.addApp(owner.id);
    const listed = (await (await platform.fetch("/idp/scopes")).json()) as { scopes: object };
    expect(listed.scopes).not.toHaveProperty("admin");
    const asked = await platform.fetch(
      `/idp/authorize?${new URLSearchParams({
        client_id: app.clientId,
        redirect_uri: "https://storyteller.example/callback",
        response_type: "code",
        code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        code_challenge_method: "S256",
        scope: "openid admin",
      })}`,
    );
    expect(asked.headers.get("location")).toContain("error=invalid_scope");
    const body = { name: "App", redirect_uris: ["https://app.example/cb"], scopes: ["admin"] };
    const registered = await call("POST", "/idp/apps", inPerson(people.operator), body);
    expect(await registered.text()).not.toContain('"admin"');
  });

  it("[Y02] credits once for each reference, and refuses it with another amount", async () => {
    const path = "/admin/users/{maya}/credit";
    const send = async (amount: string, reference: string) => {
      const answer = await call("POST", path, byKey(people.operator.adminKey), { amount, reference });
      return [answer.status, await answer.json()] as const;
    };
    const [, first] = await send("2.50", "invoice-7");
    const [status, again] = await send("2.50", "invoice-7");
    expect([status, again]).toEqual([200, { ...(first as object), repeated: true }]);
    expect((await send("250", "invoice-7"))[0]).toBe(409);
    for (const amount of ["0", "-1", "1e3", "0.0000001", "abc", "", "9999999999999"]) {
      expect([amount, (await send(amount, "invoice-8"))[0]]).toEqual([amount, 422]);
    }
    const entries = await call("GET", "/admin/wallets/{wallet}/entries", byKey(people.operator.adminKey));
    const { items } = (await entries.json()) as { items: { reference: string }[] };
    expect(items.filter(({ reference }) => reference === "operator:invoice-7")).toHaveLength(1);
  });

  it("[Y03] refuses the caller's own account and the last operator", async () => {
    for (const headers of [byKey(people.operator.adminKey), inPerson(people.operator)]) {
      const answer = await call("POST", `/admin/users/${people.operator.id}/disable`, headers);
      expect([answer.status, await answer.json()]).toMatchObject([403, { detail: expect.stringContaining("himself") }]);
    }
  });

  it("[Y04] in person, changes take a sign-in of the last 30 minutes; the log names key and person", async () => {
    const done = await call("PUT", "/admin/users/{maya}/role", byKey(people.operator.adminKey), { role: "auditor" });
    expect(done.status).toBe(200);
    const log = await call("GET", `/admin/audit-log?subject=${maya.id}&limit=1`, byKey(people.operator.adminKey));
    const { items } = (await log.json()) as { items: { actor_id: string; detail: object }[] };
    expect(items[0]).toMatchObject({
      actor_id: people.operator.id,
      detail: { to: "auditor", key_id: expect.stringMatching(/^key_/) },
    });
    platform.clock.advance(31 * 60_000);
    const before = await everyRow(platform.ctx);
    const late = await call("PUT", "/admin/users/{maya}/role", inPerson(people.operator), { role: "user" });
    expect(late.status).toBe(403);
    expect((await call("GET", "/admin/users", inPerson(people.operator))).status).toBe(200);
    const { origin: _, ...foreign } = inPerson(people.operator);
    expect((await call("POST", "/admin/users/{maya}/disable", foreign)).status).toBe(403);
    expect(await everyRow(platform.ctx)).toEqual(before);
  });
});
