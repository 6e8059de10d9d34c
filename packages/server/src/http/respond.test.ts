import { expect, it } from "vitest";
import { htmlResponse, jsonResponse, redirect } from "./respond.ts";

it("answers JSON that nobody keeps unless told otherwise", async () => {
  const response = jsonResponse({ active: false });
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await response.json()).toEqual({ active: false });
  const cached = jsonResponse({}, { status: 203, headers: { "cache-control": "public, max-age=300" } });
  expect([cached.status, cached.headers.get("cache-control")]).toEqual([203, "public, max-age=300"]);
});

it("redirects with 303, so that no body is sent again", () => {
  const response = redirect("https://app.example/cb?code=x&iss=y", ["a=1; Path=/", "b=2; Path=/"]);
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toBe("https://app.example/cb?code=x&iss=y");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("referrer-policy")).toBe("no-referrer");
  expect(response.headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2; Path=/"]);
});

it("answers pages in UTF-8 with the headers given", async () => {
  const response = htmlResponse("<p>ü</p>", { status: 400, headers: { "x-frame-options": "DENY" }, cookies: ["a=1"] });
  expect(response.status).toBe(400);
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(response.headers.get("x-frame-options")).toBe("DENY");
  expect(response.headers.getSetCookie()).toEqual(["a=1"]);
  expect(await response.text()).toBe("<p>ü</p>");
});
