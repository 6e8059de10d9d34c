import { describe, expect, it } from "vitest";
import { ConfigMistakes, readConfig } from "./read-config.ts";

const secret = "9fJ2kq8Zr1Lw5Tn7Xc4Vb6Hm3Gd0Ps+A";
const good = { issuer: "https://id.acme.example", secrets: [secret], file: {} };

function mistakesOf(input: Partial<typeof good> & { file?: unknown }): readonly string[] {
  try {
    readConfig({ ...good, ...input });
  } catch (error) {
    if (error instanceof ConfigMistakes) return error.mistakes;
    throw error;
  }
  return [];
}

const acmeModel = {
  upstream: "main",
  upstreamModel: "real-name",
  prices: { input: "1.00", cachedInput: "0.10", output: "2.00", call: "0" },
  maxOutputTokens: 4096,
};

describe("readConfig", () => {
  it("fills in every default", () => {
    expect(readConfig(good)).toEqual({
      issuer: "https://id.acme.example",
      secrets: [secret],
      brand: { name: "Innkeeper", accent: "#0b6b57", links: {} },
      upstreams: {},
      models: {},
      signup: { creditMicros: 0 },
      budgets: { default: { limitMicros: 5_000_000, period: "month" }, ceilings: {} },
      tokens: { refreshGraceSeconds: 10 },
      mail: { from: "Innkeeper <no-reply@id.acme.example>" },
      phone: { kind: "none" },
      identityProviders: {},
      accounts: { deletionGraceDays: 14 },
      apps: { creators: "anyone", perUser: 50, secretOverlapSeconds: 0 },
      signingKeys: { rotateAfterDays: 90 },
      outbound: { allowOrigins: [] },
      trustedProxies: 0,
    });
  });

  it("reads prices as micro-dollars per million tokens", () => {
    const config = readConfig({
      ...good,
      file: {
        upstreams: { main: { baseUrl: "https://api.example/v1/", apiKey: "up-1" } },
        models: { "test-model": acmeModel, plain: { ...acmeModel, prices: { input: "0.0375", output: "2" } } },
      },
    });
    expect(config.models["test-model"]!.prices).toEqual({
      input: 1_000_000,
      cachedInput: 100_000,
      output: 2_000_000,
      call: 0,
    });
    expect(config.models.plain!.prices).toEqual({ input: 37_500, cachedInput: 37_500, output: 2_000_000, call: 0 });
    expect(config.upstreams.main!.baseUrl).toBe("https://api.example/v1");
  });

  it("lists all mistakes at once", () => {
    const mistakes = mistakesOf({
      issuer: "http://id.acme.example",
      secrets: ["short"],
      file: {
        brand: { name: "", color: "red" },
        models: { a: { ...acmeModel, maxOutputTokens: undefined } },
        singup: {},
      },
    });
    expect(mistakes.join("\n")).toMatch(/issuer: .*https/);
    expect(mistakes.join("\n")).toMatch(/INNKEEPER_SECRET: must have at least 32/);
    expect(mistakes.join("\n")).toMatch(/brand\.name: must not be empty/);
    expect(mistakes.join("\n")).toMatch(/brand\.color: there is no such option/);
    expect(mistakes.join("\n")).toMatch(/models\.a\.maxOutputTokens: is missing/);
    expect(mistakes.join("\n")).toMatch(/singup: there is no such option/);
  });

  it.each(["https://id.example/", "https://id.example/path", "id.example", "ftp://id.example", ""])(
    "refuses the issuer %j",
    (issuer) => {
      expect(mistakesOf({ issuer })).toHaveLength(1);
    },
  );

  it.each(["http://localhost:8420", "http://127.0.0.1:8420", "http://[::1]:8420"])(
    "takes http on loopback: %s",
    (issuer) => {
      expect(mistakesOf({ issuer })).toEqual([]);
    },
  );

  it.each([
    [],
    [""],
    ["short"],
    ["changeme-changeme-changeme-changeme"],
    ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
    [secret, secret],
  ])("refuses the secrets %j", (...secrets) => {
    expect(mistakesOf({ secrets: secrets.flat() }).length).toBeGreaterThan(0);
  });

  it("tells a value of the wrong kind from one that is missing", () => {
    const file = { budgets: { default: { limit: 5 } }, brand: { name: 7 } };
    expect(mistakesOf({ file })).toEqual([
      expect.stringMatching(/^brand\.name: .*string/),
      expect.stringMatching(/^budgets\.default\.limit: must be a decimal text/),
      "budgets.default.period: is missing",
    ]);
  });

  it("[Z02] lets codes be shown on the page on a development machine only, and sends no password in clear", () => {
    const development = { phone: { kind: "development" } };
    expect(mistakesOf({ file: development })).toEqual([expect.stringMatching(/^phone\.kind: development/)]);
    expect(mistakesOf({ issuer: "https://localhost:8420", file: development })).toHaveLength(1);
    expect(mistakesOf({ issuer: "http://localhost:8420", file: development })).toEqual([]);
    const verify = { kind: "verify", serviceId: "VA1", username: "AC1", password: "x" };
    const at = (baseUrl: string) => mistakesOf({ file: { phone: { ...verify, baseUrl } } });
    expect(at("http://verify.example")).toEqual(["phone.baseUrl: must use https; http is allowed on loopback only"]);
    expect([at("https://verify.example/"), at("http://127.0.0.1:9")]).toEqual([[], []]);
    expect(readConfig({ ...good, file: { phone: verify } }).phone).toMatchObject({
      baseUrl: "https://verify.twilio.com",
      messagesPerHour: 200,
    });
    expect(mistakesOf({ file: { phone: { ...verify, messagesPerHour: 0 } } })).toEqual([
      expect.stringMatching(/^phone\.messagesPerHour: /),
    ]);
    expect(mistakesOf({ file: { phone: { ...verify, password: undefined } } })).toEqual(["phone.password: is missing"]);
    expect(mistakesOf({ file: { phone: { ...verify, countries: ["de"] } } })).toEqual([
      "phone.countries.0: must be two capital letters, such as DE",
    ]);
    expect(mistakesOf({ file: { phone: { ...verify, countries: [] } } })).toEqual([
      "phone.countries: must name one, or be left out",
    ]);
  });

  it("takes whole domains, and scopes that say who came, of other providers only", () => {
    const school = { name: "School", issuer: "https://login.school.example", clientId: "c", clientSecret: "s" };
    const at = (more: object) => mistakesOf({ file: { identityProviders: { school: { ...school, ...more } } } });
    expect(at({ allowedDomains: ["school.example", "bücher.example"], scopes: ["openid", "email"] })).toEqual([]);
    for (const domain of [
      "*.school.example",
      "@school.example",
      "https://school.example",
      "a@b.example",
      "localhost",
    ]) {
      expect(at({ allowedDomains: [domain] })).toEqual([expect.stringMatching(/must be a domain, such as/)]);
    }
    expect(at({ allowedDomains: [] })).toEqual([expect.stringMatching(/must name one, or be left out/)]);
    expect(at({ scopes: ["email"] })).toEqual([expect.stringMatching(/must name openid/)]);
  });

  it("refuses a model without its upstream, and a default cap above the ceiling", () => {
    const mistakes = mistakesOf({
      file: { models: { a: acmeModel }, budgets: { default: { limit: "50", period: "day" }, ceilings: { day: "10" } } },
    });
    expect(mistakes).toEqual([
      'models.a.upstream: there is no upstream "main"',
      "budgets.default.limit: is above budgets.ceilings.day",
    ]);
  });

  it("tells where parts contradict each other also where something else is wrong in them", () => {
    const file = {
      upstreams: { main: {} },
      models: { a: { ...acmeModel, maxOutputTokens: 0 }, b: { ...acmeModel, upstream: "gone", prices: 7 }, c: 7 },
      budgets: { default: { limit: "50", period: "day" }, ceilings: { day: "10", year: "1" } },
      phone: { kind: "development", font: "large" },
    };
    const mistakes = mistakesOf({ file });
    expect(mistakes).toContain("models.a.maxOutputTokens: must be 1 or more");
    expect(mistakes).toContain("models.c: must be an object");
    expect(mistakes.filter((sentence) => /\.upstream:/.test(sentence))).toEqual([
      'models.b.upstream: there is no upstream "gone"',
    ]);
    expect(mistakes).toContain("budgets.ceilings.year: there is no such option");
    expect(mistakes).toContain("budgets.default.limit: is above budgets.ceilings.day");
    expect(mistakes).toContainEqual(expect.stringMatching(/^phone\.kind: development/));
    for (const upstreams of [7, ["main"], null]) {
      const found = mistakesOf({ file: { upstreams, models: { a: acmeModel } } });
      expect(found, "what cannot be read is told once").toEqual(["upstreams: must be an object"]);
    }
  });

  it("is told in plain sentences", () => {
    const file = {
      apps: { perUser: 0, creators: "nobody" },
      phone: { kind: "pigeon" },
      signup: { credit: 5 },
      budgets: { default: { limit: "0", period: "month" } },
      identityProviders: { "My School": {} },
      outbound: { allowOrigins: ["localhost"] },
    };
    expect(mistakesOf({ file })).toEqual([
      expect.stringMatching(/^signup\.credit: must be a decimal text in dollars/),
      "budgets.default.limit: must be more than 0",
      'phone.kind: must be "none", "development" or "verify"',
      "identityProviders.My School: its name must be of a-z, 0-9 and -, 32 at most",
      'apps.creators: must be "anyone", "email_verified", "phone_verified" or "operators"',
      "apps.perUser: must be 1 or more",
      "outbound.allowOrigins.0: must be an http or https address",
    ]);
    expect(mistakesOf({ file: { phone: {} } })).toEqual(["phone.kind: is missing"]);
    expect(mistakesOf({ file: [] })).toEqual(["configuration: must be an object"]);
  });

  it("lists what was found before together with the rest", () => {
    const read = () => readConfig({ ...good, secrets: undefined, file: { singup: {} } }, ["PORT: is wrong"]);
    expect(read).toThrow(/has 2 mistakes:\n {2}- PORT: is wrong\n {2}- singup: there is no such option$/);
  });

  it.each(["-1", "1e3", "abc", "1.0000001", ""])("refuses the price %j", (input) => {
    const file = {
      upstreams: { main: { baseUrl: "https://api.example/v1", apiKey: "k" } },
      models: { a: { ...acmeModel, prices: { input, output: "1" } } },
    };
    expect(mistakesOf({ file })).toEqual([expect.stringContaining("models.a.prices.input")]);
  });
});
