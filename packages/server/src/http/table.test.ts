import { describe, expect, it } from "vitest";
import { Fault } from "../kernel/faults.ts";
import { silentLog } from "../kernel/log.ts";
import { htmlResponse, jsonResponse } from "./respond.ts";
import { type Arrival, createTable, type Route } from "./table.ts";

let reached: string[] = [];
const route = (method: Route["method"], path: string, more: Partial<Route> = {}): Route => ({
  method,
  path,
  shape: "openai",
  handler: (_, info) => {
    reached.push(info.path);
    return jsonResponse(info);
  },
  ...more,
});

const table = createTable(
  [
    route("GET", "/v1/models", { cors: "any-origin-no-credentials" }),
    route("POST", "/v1/chat/completions", { cors: "any-origin-no-credentials" }),
    route("GET", "/idp/userinfo"),
    route("POST", "/idp/userinfo"),
    route("GET", "/sync-fault", {
      shape: "detail",
      handler: () => {
        throw new Fault("not_found", "No such app.");
      },
    }),
    route("GET", "/async-fault", {
      shape: "oauth",
      handler: () => Promise.reject(new Fault("invalid_grant", "Used.")),
    }),
    route("GET", "/bug", { shape: "page", handler: () => Promise.reject(new Error("secret")) }),
  ],
  { log: silentLog, renderPage: (fault, id) => htmlResponse(`page ${fault.code} ${id}`, { status: fault.status }) },
);

function send(method: string, path: string, headers: Record<string, string> = {}, arrival: Partial<Arrival> = {}) {
  reached = [];
  const request = new Request(`https://acme.example${path}`, { method, headers });
  return table(request, { peer: "192.0.2.1", requestId: "req_1", ...arrival });
}

describe("the table", () => {
  it("finds a path and tells the handler what it needs, without a URL object", async () => {
    const response = await send("GET", "/v1/models?a=1&b=?");
    expect(await response?.json()).toEqual({
      peer: "192.0.2.1",
      requestId: "req_1",
      path: "/v1/models",
      query: "a=1&b=?",
    });
    expect(await (await send("GET", "/v1/models"))?.json()).toMatchObject({ query: "" });
  });

  it("knows nothing of other paths", () => {
    for (const path of ["/", "/v1", "/v1/models/", "/V1/models", "/v1/model"])
      expect(send("GET", path)).toBeUndefined();
  });

  it("finds no path that is spelled in an unusual way, and reaches no handler", () => {
    const targets = [
      "//v1/chat/completions",
      "/v1//chat/completions",
      "/v1/chat%2fcompletions",
      "/v1/chat%2Fcompletions",
      "/v1/%63hat/completions",
      "/v1/chat/completions;x=1",
      "/v1;x/chat/completions",
      "/v1/../v1/chat/completions",
      "/v1/./chat/completions",
      "/v1/%2e%2e/v1/chat/completions",
      "/v1\\chat\\completions",
      "/v1/chat/completions/",
      "/v1/chat/completions%00",
      "/v1/../admin",
      "http://acme.example/v1/chat/completions",
      "acme.example:443",
      "*",
      "",
    ];
    for (const target of targets) {
      expect(send("POST", "/v1/chat/completions", {}, { target }), target).toBeUndefined();
      expect(reached).toEqual([]);
    }
    for (const path of targets.slice(0, 7)) expect(send("POST", path), path).toBeUndefined();
  });

  it("answers 405 with Allow in the shape of the path, whatever the method", async () => {
    for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"]) {
      const response = await send(method, "/idp/userinfo");
      expect(response?.status).toBe(405);
      expect(response?.headers.get("allow")).toBe("GET, POST, HEAD");
      expect(await response?.json()).toMatchObject({ error: { code: "method_not_allowed" } });
      expect(reached).toEqual([]);
    }
    expect((await send("GET", "/v1/chat/completions"))?.status).toBe(405);
  });

  it("answers HEAD as GET without the body", async () => {
    const response = await send("HEAD", "/v1/models");
    expect(response?.status).toBe(200);
    expect(response?.headers.get("content-type")).toBe("application/json");
    expect(await response?.text()).toBe("");
  });

  it("renders what handlers throw, at once or later, in the shape of the route", async () => {
    const [sync, later, bug] = await Promise.all([
      send("GET", "/sync-fault"),
      send("GET", "/async-fault"),
      send("GET", "/bug"),
    ]);
    expect([sync?.status, await sync?.json()]).toEqual([404, { detail: "No such app." }]);
    expect([later?.status, await later?.json()]).toEqual([400, { error: "invalid_grant", error_description: "Used." }]);
    expect([bug?.status, await bug?.text()]).toEqual([500, "page server_error req_1"]);
  });

  it("refuses to be built with two routes for one method and path", () => {
    const options = { log: silentLog, renderPage: () => htmlResponse("", {}) };
    expect(() => createTable([route("GET", "/a"), route("GET", "/a")], options)).toThrow("two routes for GET /a");
  });
});

describe("other origins", () => {
  const foreign = { origin: "https://app.example" };

  it("may read answers and refusals of open routes, without credentials", async () => {
    for (const [method, path] of [
      ["GET", "/v1/models"],
      ["POST", "/v1/chat/completions"],
      ["DELETE", "/v1/models"],
    ] as const) {
      const response = await send(method, path, { ...foreign, cookie: "ik_session=x" });
      expect(response?.headers.get("access-control-allow-origin"), path).toBe("*");
      expect(response?.headers.get("access-control-expose-headers")).toContain("x-innkeeper-cost-micros");
      expect(response?.headers.has("access-control-allow-credentials")).toBe(false);
    }
  });

  it("may ask beforehand, and no handler is reached", async () => {
    const asked = {
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,x-stainless-os",
    };
    const response = await send("OPTIONS", "/v1/chat/completions", { ...foreign, ...asked });
    expect(response?.status).toBe(204);
    expect(response?.headers.get("access-control-allow-origin")).toBe("*");
    expect(response?.headers.get("access-control-allow-methods")).toBe("POST");
    expect(response?.headers.get("access-control-allow-headers")).toBe("authorization,x-stainless-os");
    expect(response?.headers.has("access-control-allow-credentials")).toBe(false);
    expect(reached).toEqual([]);
    const odd = { ...asked, "access-control-request-headers": "a; b" };
    const cautious = await send("OPTIONS", "/v1/models", { ...foreign, ...odd });
    expect(cautious?.headers.get("access-control-allow-headers")).toBe("authorization, content-type");
  });

  it("get nothing with the origin null, and nothing at all on other routes", async () => {
    for (const [method, path, headers] of [
      ["GET", "/v1/models", { origin: "null" }],
      ["OPTIONS", "/v1/models", { origin: "null" }],
      ["GET", "/v1/models", {}],
      ["GET", "/idp/userinfo", foreign],
      ["OPTIONS", "/idp/userinfo", foreign],
      ["GET", "/sync-fault", foreign],
    ] as const) {
      const response = await send(method, path, headers as Record<string, string>);
      const names = [...(response?.headers.keys() ?? [])].filter((name) => name.startsWith("access-control"));
      expect(names, `${method} ${path}`).toEqual([]);
    }
  });
});
