import { describe, expect, it } from "vitest";
import { Fault, type FaultCode, faults } from "../kernel/faults.ts";
import type { Log } from "../kernel/log.ts";
import { renderFault, type Shape } from "./render-fault.ts";
import { htmlResponse } from "./respond.ts";

const codes = Object.keys(faults) as FaultCode[];
const shapes: Shape[] = ["oauth", "openai", "detail", "page"];

function render(error: unknown, shape: Shape, headers: Record<string, string> = {}) {
  const lines: { level: string; fields: Record<string, unknown> }[] = [];
  const write = (level: string) => (fields: Record<string, unknown>) => lines.push({ level, fields });
  const log: Log = { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
  const response = renderFault(error, shape, {
    request: new Request("https://acme.example/", { method: "POST", headers }),
    requestId: "req_1",
    log,
    renderPage: (fault, id) => htmlResponse(`${fault.message} ${id}`, { status: fault.status }),
  });
  return { response, lines };
}

describe("every refusal", () => {
  it.each(shapes)("is never cached and carries the id of its request: %s", (shape) => {
    for (const code of codes) {
      const { response } = render(new Fault(code, "No."), shape);
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(response.headers.get("x-request-id")).toBe("req_1");
      const softened = code === "validation_failed" && (shape === "oauth" || shape === "openai");
      expect(response.status, code).toBe(softened ? 400 : faults[code]);
    }
  });

  it("brings the headers of its Fault", () => {
    const fault = new Fault("temporarily_unavailable", "Later.", { headers: { "retry-after": "2" } });
    for (const shape of shapes.slice(0, 3)) expect(render(fault, shape).response.headers.get("retry-after")).toBe("2");
  });
});

describe("OAuth's shape", () => {
  it("is error and error_description, in the characters that RFC 6749 allows", async () => {
    const { response } = render(new Fault("invalid_grant", 'The code is "used" – sorry.\\'), "oauth");
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: "invalid_grant",
      error_description: "The code is 'used' ? sorry.'",
    });
  });

  it("speaks OAuth's words where ours are finer", async () => {
    const { response } = render(new Fault("payload_too_large", "Too large."), "oauth");
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: "invalid_request" });
  });

  it("names the scheme to a client that tried the header, and to no other", () => {
    const fault = new Fault("invalid_client", "Unknown client.");
    const tried = render(fault, "oauth", { authorization: "Basic x" }).response;
    expect([tried.status, tried.headers.get("www-authenticate")]).toEqual([401, 'Basic realm="client"']);
    expect(render(fault, "oauth").response.headers.has("www-authenticate")).toBe(false);
  });
});

describe("OpenAI's shape", () => {
  it("puts type, code and the fields of the refusal inside error", async () => {
    const fault = new Fault("budget_exceeded", "The cap is used up.", {
      fields: { limit_source: "app_cap", limit: "5.00" },
    });
    const { response } = render(fault, "openai");
    expect(response.status).toBe(402);
    expect(await response.json()).toEqual({
      error: {
        message: "The cap is used up.",
        type: "insufficient_quota",
        param: null,
        code: "budget_exceeded",
        limit_source: "app_cap",
        limit: "5.00",
      },
    });
  });

  it("names the parameter that failed", async () => {
    const issues = [{ loc: ["body", "messages", 0, "role"], msg: "Invalid", type: "invalid_value" }];
    const { response } = render(
      new Fault("validation_failed", "messages.0.role: Invalid", { fields: { issues } }),
      "openai",
    );
    expect(response.status).toBe(400);
    expect((await response.json()).error).toEqual({
      message: "messages.0.role: Invalid",
      type: "invalid_request_error",
      param: "messages.0.role",
      code: "validation_failed",
    });
  });

  it.each([
    ["invalid_token", "authentication_error"],
    ["insufficient_scope", "permission_error"],
    ["model_not_found", "invalid_request_error"],
    ["budget_in_flight", "rate_limit_error"],
    ["upstream_error", "server_error"],
  ] as const)("types %s as %s", async (code, type) => {
    expect((await render(new Fault(code, "No."), "openai").response.json()).error.type).toBe(type);
  });
});

describe("the registry's shape", () => {
  it("is detail: a text, or the list of fields with 422", async () => {
    expect(await render(new Fault("not_found", "No such app."), "detail").response.json()).toEqual({
      detail: "No such app.",
    });
    const issues = [{ loc: ["body", "name"], msg: "Required", type: "invalid_type" }];
    const { response } = render(new Fault("validation_failed", "name: Required", { fields: { issues } }), "detail");
    expect([response.status, await response.json()]).toEqual([422, { detail: issues }]);
  });
});

describe("what is no Fault", () => {
  const secret = "sk-upstream-123";

  it.each(shapes)("is server_error with an id both shown and logged, and tells nothing else: %s", async (shape) => {
    for (const error of [
      new Error(secret),
      new TypeError(secret, { cause: new Error(secret) }),
      secret,
      undefined,
      null,
    ]) {
      const { response, lines } = render(error, shape);
      const body = await response.text();
      expect(response.status).toBe(500);
      expect(body).toContain("req_1");
      expect(body).not.toContain(secret);
      expect(JSON.stringify([...response.headers])).not.toContain(secret);
      expect(lines).toMatchObject([{ level: "error", fields: { request_id: "req_1", code: "server_error" } }]);
    }
  });

  it("is logged with where it happened", () => {
    const [line] = render(new Error("boom"), "detail").lines;
    expect(line?.fields.cause).toMatch(/^Error: boom\n\s+at .*render-fault\.test/);
  });
});

describe("the log", () => {
  it("has what the client must not read", async () => {
    const fault = new Fault("temporarily_unavailable", "Busy.", {
      detail: "disk full",
      cause: new Error("SQLITE_FULL"),
    });
    const { response, lines } = render(fault, "openai");
    expect(lines).toMatchObject([{ level: "warn", fields: { detail: "disk full", request_id: "req_1" } }]);
    expect(lines[0]?.fields.cause).toContain("SQLITE_FULL");
    expect(await response.text()).not.toMatch(/disk|SQLITE/);
  });

  it("keeps silent about refusals that need no explanation", () => {
    expect(render(new Fault("invalid_grant", "Used."), "oauth").lines).toEqual([]);
    expect(render(new Fault("invalid_grant", "Used.", { detail: "replay" }), "oauth").lines).toMatchObject([
      { level: "info" },
    ]);
  });
});
