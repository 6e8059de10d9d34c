import { expect, it } from "vitest";
import type { UpstreamAnswer } from "./upstream-call.ts";
import { upstreamFault } from "./upstream-fault.ts";

const upstream = { baseUrl: "https://models.example/v1", apiKey: "plain words as a key" };
const answerWith = (status: number, retryAfter = "") => ({ status, retryAfter }) as UpstreamAnswer;
const faultOf = (status: number, body: string, retryAfter?: string) =>
  upstreamFault(answerWith(status, retryAfter), body, upstream);
const saying = (message: unknown) => JSON.stringify({ error: { message, code: "x", organization: "org-abcdef123" } });

it("tells what the client can mend", () => {
  const fault = faultOf(400, saying("messages.0.content: too long by 12 tokens"));
  expect([fault.code, fault.message]).toEqual([
    "invalid_request",
    "The model refused the request: messages.0.content: too long by 12 tokens",
  ]);
  for (const body of ["<html>sk-live-12345678</html>", "null", "{}", saying(7), saying("")]) {
    expect(faultOf(422, body).message).toBe("The model refused the request: no reason was given.");
  }
});

it.each([
  "sk-proj-AbCdEf123456",
  "org-Hq81kd9Zx",
  "Bearer abc.def",
  "https://internal.models.example/v1/x?key=1",
  "ops@models.example",
  "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
  "aGVsbG8gd29ybGQgaGVsbG8/d29ybGQ+aGVsbG8=",
  upstream.apiKey,
])("[O09] removes %s", (secret) => {
  const { message, detail } = faultOf(400, saying(`Incorrect ${secret} , see the manual`));
  expect(message).toBe("The model refused the request: Incorrect [removed] , see the manual");
  expect(detail).not.toContain(secret);
});

it("[O09] tells nothing of what is between operator and upstream", () => {
  for (const status of [301, 401, 402, 403, 404, 500, 502]) {
    const fault = faultOf(status, saying("key sk-live-12345678 of org-abcdef123 is wrong"));
    expect([fault.code, fault.message]).toEqual(["upstream_error", "The model could not answer."]);
  }
});

it("passes on how long to wait for a busy upstream", () => {
  expect(faultOf(429, "", "17")).toMatchObject({ code: "temporarily_unavailable", headers: { "retry-after": "17" } });
  expect(faultOf(503, "", "Fri, 01 Jan 2027 00:00:00 GMT").headers).toEqual({ "retry-after": "5" });
});
