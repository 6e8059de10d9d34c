import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const source = fileURLToPath(new URL("..", import.meta.url));
const files = globSync("**/*.ts", { cwd: source, exclude: ["**/*.test.ts", "testing/**"] }).map((path) => ({
  path: path.replaceAll("\\", "/"),
  text: readFileSync(`${source}/${path}`, "utf8"),
}));
const saying = (pattern: RegExp) =>
  files
    .filter(({ text }) => pattern.test(text))
    .map(({ path }) => path)
    .sort();

describe("[L14] who calls out of the server", () => {
  it("are the guard, and the gateway to the upstreams of the operator", () => {
    const network = /(?:from|import\() ?"(?:undici|(?:node:)?(?:http|https|http2|net|tls|dgram|dns|dns\/promises))"/;
    expect(saying(network)).toEqual([
      "gateway/upstream-call.ts",
      "gateway/upstream.ts",
      "http/outbound-call.ts",
      "http/outbound-resolver.ts",
      "http/outbound.ts",
    ]);
  });

  it("are the postman beside them, to the mail server of the operator", () => {
    expect(saying(/"nodemailer"/)).toEqual(["mail/transport.ts"]);
  });

  it("are none by what the runtime brings along", () => {
    // `fetch(request` is the server's own name for answering.
    expect(
      saying(/(?<![.\w])fetch\((?!request)|globalThis\.fetch|new (?:WebSocket|EventSource|XMLHttpRequest)\b/),
    ).toEqual(["http/outbound.ts"]);
  });

  it("pass the guard for every address of a stranger", () => {
    expect(saying(/outbound\.(?:fetch|texts)\(/)).toEqual([
      "apps/domain-check.ts",
      "apps/logo-source.ts",
      "apps/webhooks.ts",
      "interaction/upstream/guarded-fetch.ts",
      "people/phone-service.ts",
    ]);
  });
});
