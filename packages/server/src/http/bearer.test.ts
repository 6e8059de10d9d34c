import { expect, it } from "vitest";
import { Fault } from "../kernel/faults.ts";
import { bearerChallenge, readBearer } from "./bearer.ts";

function request(authorization?: string, url = "https://acme.example/v1/models"): Request {
  return new Request(url, { headers: authorization === undefined ? {} : { authorization } });
}

it("reads the token of the header", () => {
  expect(readBearer(request("Bearer sk-ik-abc_DEF.~+/=="))).toBe("sk-ik-abc_DEF.~+/==");
  expect(readBearer(request("bEARER x"))).toBe("x");
  expect(readBearer(request())).toBeUndefined();
});

it("never reads a token from the query", () => {
  expect(readBearer(request(undefined, "https://acme.example/v1/models?access_token=abc"))).toBeUndefined();
});

const token = "abcDEF123";
const shapes = [
  ...["", "B", "Bearer", "Bearer=", "Bearer:", "Bearer,", 'Bearer ""', "Bearer =", "Bearer ==", "Bearer \t"],
  ...[token, `Token ${token}`, `token=${token}`, `Basic ${token}`, `Digest ${token}`, `DPoP ${token}`, `MAC ${token}`],
  ...[
    `Bearer${token}`,
    `Bearer  ${token}`,
    `Bearer\t${token}`,
    `Bearer:${token}`,
    `Bearer: ${token}`,
    `Bearer=${token}`,
  ],
  ...[
    `Bearer ${token} ${token}`,
    `Bearer ${token},${token}`,
    `Bearer ${token}, Bearer ${token}`,
    `Bearer Bearer ${token}`,
  ],
  ...[`Basic x, Bearer ${token}`, `Bearer ${token};x`, `"Bearer ${token}"`, `Bearer "${token}"`, `Bearer '${token}'`],
  ...[
    `Bearer <${token}>`,
    `Bearer {${token}}`,
    `Bearer [${token}]`,
    `Bearer (${token})`,
    `Bearer ${token}=x`,
    `Bearer =${token}`,
  ],
  ...[`Bearer token="${token}"`, `Bearer realm="x"`, `Bearer error=x ${token}`, `Bearers ${token}`, `XBearer ${token}`],
  ...[
    `Bearer ${token}\u00a0`,
    `Bearer\u00a0${token}`,
    `Bearer \u00fc`,
    `Bearer ${token}\u00ff`,
    `\u00ffBearer ${token}`,
  ],
  ...[`Bearer ${"x".repeat(4097)}`, `Bearer ${"=".repeat(5000)}`, `Bearer ${"x".repeat(100_000)}`, "x".repeat(100_000)],
  ...[
    `Bearer ${" ".repeat(5000)}x`,
    `Bearer ${"a ".repeat(5000)}b`,
    `${"Bearer ".repeat(1000)}x`,
    `Bearer ${"=a".repeat(2000)}`,
  ],
  // Every visible character that no token has, at either end.
  ...[..."!\"#$%&'()*,:;<>?@[\\]^`{|}"].flatMap((mark) => [`Bearer ${mark}${token}`, `Bearer ${token}${mark}`]),
];

it("[F16] answers 401 to each of 100 malformed Authorization values", () => {
  expect(new Set(shapes).size).toBeGreaterThanOrEqual(100);
  for (const shape of shapes) {
    const refused = refusalOf(() => readBearer(request(shape)));
    expect(refused, shape.slice(0, 80)).toMatchObject({ code: "invalid_token", status: 401 });
    expect(refused?.headers["www-authenticate"]).toMatch(/^Bearer error="invalid_token"/);
    expect(refused?.message).not.toContain(token);
  }
});

it("names the metadata of the resource where it has some", () => {
  const refused = refusalOf(() => readBearer(request("nonsense"), "https://acme.example/.well-known/x"));
  expect(refused?.headers["www-authenticate"]).toContain('resource_metadata="https://acme.example/.well-known/x"');
});

it("writes challenges that no description can break out of", () => {
  expect(bearerChallenge({})).toEqual({ "www-authenticate": "Bearer" });
  expect(
    bearerChallenge({ error: "insufficient_scope", error_description: 'a "b" \\ é\r\nx: y', scope: "a b" }),
  ).toEqual({
    "www-authenticate": 'Bearer error="insufficient_scope", error_description="a \'b\' \' ???x: y", scope="a b"',
  });
});

function refusalOf(work: () => unknown): Fault | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  return undefined;
}
