import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTokenHouse, type TokenHouse } from "../../test/token-house.ts";
import { findScope, offeredScopes } from "../consent/index.ts";
import { acrs } from "../people/index.ts";
import { databases } from "../testing/databases.ts";
import { grants } from "./grants/index.ts";

const documents = ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"];

describe("what clients are told about the server", () => {
  let house: TokenHouse;

  beforeAll(async () => {
    house = await openTokenHouse(databases[0]!.open);
  });
  afterAll(() => house.close());

  it("is the same at both addresses, and may be kept", async () => {
    const [first, second] = await Promise.all(documents.map((path) => house.call(`GET ${path}`)));
    expect(first!.text).toBe(second!.text);
    expect(first!.headers.get("cache-control")).toBe("public, max-age=300");
    expect(first!.headers.get("vary")).toBe("origin");
  });

  it("begins with the issuer, byte for byte", async () => {
    const { json } = await house.call(`GET ${documents[0]}`);
    expect(json.issuer).toBe(house.ctx.config.issuer);
    const endpoints = Object.entries(json).filter(([name]) => /_endpoint$|_uri$/.test(name));
    expect(endpoints).toHaveLength(8);
    for (const [, url] of endpoints) expect(url).toMatch(/^https:\/\/id\.acme\.example\/(idp|\.well-known)\//);
  });

  it("names endpoints that answer", async () => {
    const { json } = await house.call(`GET ${documents[0]}`);
    const path = (name: string) => json[name].slice(json.issuer.length);
    for (const name of ["token_endpoint", "introspection_endpoint", "revocation_endpoint"]) {
      expect((await house.post(path(name), {})).json.error).toMatch(/^invalid_(client|request)$/);
    }
    expect((await house.call(`GET ${path("userinfo_endpoint")}`)).status).toBe(401);
    expect((await house.call(`GET ${path("jwks_uri")}`)).json.keys).toHaveLength(2);
  });

  it("is read off the registries", async () => {
    const { json } = await house.call(`GET ${documents[0]}`);
    const offered = offeredScopes({ phone: { kind: "none" } });
    expect(json.grant_types_supported).toEqual(grants.map((grant) => grant.name));
    expect(json.scopes_supported).toEqual(offered);
    expect(json.scopes_supported).not.toContain("apps:write");
    for (const scope of offered) {
      for (const claim of findScope(scope)!.claims) expect(json.claims_supported).toContain(claim);
    }
    expect(json.code_challenge_methods_supported).toEqual(["S256"]);
    expect(json.id_token_signing_alg_values_supported).toEqual(["RS256", "ES256"]);
    expect(json.acr_values_supported).toEqual(acrs);
    expect(json.authorization_response_iss_parameter_supported).toBe(true);
  });

  it("can be read from any origin, introspection cannot", async () => {
    const headers = { origin: "https://storyteller.example" };
    const open = [...documents, "/.well-known/jwks.json"].map((path) => house.call(`GET ${path}`, { headers }));
    const asked = ["/idp/token", "/idp/token/revoke", "/idp/userinfo"].map((path) =>
      house.call(`OPTIONS ${path}`, { headers }),
    );
    for (const answer of await Promise.all([...open, ...asked])) {
      expect(answer.headers.get("access-control-allow-origin")).toBe("*");
      expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
    }
    const closed = await house.call("OPTIONS /idp/token/introspect", { headers });
    expect([closed.status, closed.headers.get("access-control-allow-origin")]).toEqual([405, null]);
  });
});
