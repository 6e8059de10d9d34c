import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endpoints } from "../../src/gateway/endpoints/index.ts";
import { everyRow } from "../every-row.ts";
import { cases } from "./openapi-cases.ts";
import { type Document, type Documented, findLie, readDocument, requestFor } from "./openapi-document.ts";
import { type Mistake, mistakesOf } from "./openapi-mistakes.ts";
import { openWorld, type World } from "./openapi-world.ts";

let world: World;
let document: Document;

beforeAll(async () => {
  world = await openWorld();
  document = await readDocument(world);
});
afterAll(() => world.close());

const names = Object.keys(cases);

function operationOf(name: string): Documented {
  const found = document.operations.find((operation) => operation.name === name);
  if (!found) throw new Error(`${name} is not in the document`);
  return found;
}

describe("openapi.json", () => {
  it("[R46] tells of every operation that is tried here, and of no other", () => {
    expect(document.operations.map(({ name }) => name).sort()).toEqual([...names].sort());
  });

  it("tells of every endpoint that discovery names, and of every endpoint of the gateway", async () => {
    const found = await (await world.platform.fetch("/.well-known/openid-configuration")).json();
    const named = Object.entries(found as Record<string, string>).filter(([name]) =>
      /_endpoint$|^jwks_uri$/.test(name),
    );
    const paths = [...named.map(([, url]) => new URL(url).pathname), ...endpoints.map(({ path }) => path)];
    expect(Object.keys(document.whole.paths)).toEqual(expect.arrayContaining(paths));
  });

  it("holds together: names are unique, and what is referred to is there", () => {
    const ids = Object.values<object>(document.whole.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(document.operations.length);
    const { schemas, securitySchemes } = document.whole.components;
    for (const [, name] of JSON.stringify(document.whole).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      expect(schemas).toHaveProperty(name!);
    }
    for (const { security } of document.operations) {
      for (const way of security)
        expect(Object.keys(securitySchemes)).toEqual(expect.arrayContaining(Object.keys(way)));
    }
  });

  it("may be kept by caches and read from any origin, and a copy that is still good is not sent again", async () => {
    const { platform } = world;
    const first = await platform.fetch("/openapi.json", { headers: { origin: "https://docs.example" } });
    expect(first.headers.get("cache-control")).toBe("public, max-age=300");
    expect(first.headers.get("access-control-allow-origin")).toBe("*");
    const etag = first.headers.get("etag") ?? "";
    const again = await platform.fetch("/openapi.json", { headers: { "if-none-match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  it("answers with the id of the request, and other methods with those that there are", async () => {
    const read = await world.platform.fetch("/idp/scopes");
    expect(read.headers.get("x-request-id")).toMatch(/^req_/);
    expect(read.headers.get("cache-control")).toBe("no-store");
    const refused = await world.platform.fetch("/users/me", { method: "DELETE" });
    expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, PATCH"]);
  });
});

describe("[R46] an operation answers as the document says", () => {
  it.each(names)("%s", async (name) => {
    const own = await openWorld();
    try {
      const operation = operationOf(name);
      const response = await requestFor(own, operation, await cases[name]!(own));
      expect(response.status).toBeLessThan(400);
      expect(await findLie(document, operation, response)).toBeUndefined();
    } finally {
      await own.close();
    }
  });
});

describe("[R47] what is sent wrongly is refused as documented, and changes nothing", () => {
  it.each(names)("%s", async (name) => {
    const operation = operationOf(name);
    const good = await cases[name]!(world);
    const before = await everyRow(world.platform.ctx);
    const wrong: string[] = [];
    for (const mistake of mistakesOf(world, document, operation, good)) {
      const found = await judge(operation, mistake);
      if (found !== undefined) wrong.push(`${mistake.what}: ${found}`);
    }
    expect(wrong).toEqual([]);
    const after = await everyRow(world.platform.ctx);
    expect(Object.keys(after).filter((table) => after[table] !== before[table])).toEqual([]);
  });

  async function judge(operation: Documented, { sent, raw }: Mistake): Promise<string | undefined> {
    const response = await requestFor(world, operation, sent, raw);
    const isRefused = response.status >= 400 && response.status < 500;
    // A person is told on a page; an app by its own address.
    const isToldToApp = response.status === 303 && response.headers.get("location")?.includes("error=");
    if (!isRefused && !isToldToApp) return `${response.status} ${await response.text()}`;
    return findLie(document, operation, response);
  }
});
