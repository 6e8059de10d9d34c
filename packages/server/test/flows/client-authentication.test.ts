import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deactivateApp } from "../../src/apps/index.ts";
import { inTx } from "../../src/context.ts";
import { databases } from "../../src/testing/databases.ts";
import { openSecondHouse, openTokenHouse, type SignedIn, signIn, type TokenHouse } from "../token-house.ts";

const tokenPath = "/idp/token";
const basicOf = (text: string) => ({ authorization: `Basic ${Buffer.from(text, "latin1").toString("base64")}` });

describe.each(databases)("an app proves who it is on $name", ({ open }) => {
  let house: TokenHouse;
  let maya: SignedIn;
  /** A good code, and nothing about the client. */
  const bareForm = () => {
    const { client_id: _, client_secret: __, ...form } = maya.codeForm();
    return form;
  };
  const send = (form: Record<string, string>, headers?: Record<string, string>) => house.post(tokenPath, form, headers);

  beforeAll(async () => {
    house = await openTokenHouse(open);
    await house.feed.pollOnce();
    maya = await signIn(house);
  });
  afterAll(() => house.close());

  it("by Basic, and by the body", async () => {
    const { clientId } = maya.app;
    expect((await send(bareForm(), basicOf(`${clientId}:${maya.clientSecret}`))).status).toBe(200);
    expect((await send({ ...bareForm(), client_id: clientId, client_secret: maya.clientSecret })).status).toBe(200);
    // Naming itself in the body as well is no second proof.
    const both = { ...bareForm(), client_id: clientId };
    expect((await send(both, basicOf(`${clientId}:${maya.clientSecret}`))).status).toBe(200);
  });

  it("[C09] not by both at once, nor as two different clients", async () => {
    const header = basicOf(`${maya.app.clientId}:${maya.clientSecret}`);
    const forms: Record<string, string>[] = [{ client_secret: maya.clientSecret }, { client_id: "cid_somebody" }];
    for (const form of forms) {
      const answer = await send({ ...bareForm(), ...form }, header);
      expect([answer.status, answer.json.error]).toEqual([400, "invalid_request"]);
    }
  });

  it("not at all: 401", async () => {
    for (const proof of [{}, { client_id: maya.app.clientId }, { client_secret: maya.clientSecret }]) {
      const answer = await send({ ...bareForm(), ...proof } as Record<string, string>);
      expect([answer.status, answer.json.error]).toEqual([401, "invalid_client"]);
    }
  });

  it("never by naming a public client with a secret", async () => {
    const open = await signIn(house, { metadata: { client_type: "public" } });
    const answer = await send({ ...open.codeForm(), client_secret: "anything" });
    expect([answer.status, answer.json.error]).toEqual([401, "invalid_client"]);
  });

  it("not when it was deactivated", async () => {
    const gone = await signIn(house);
    const form = gone.codeForm();
    await inTx(house.ctx, (ctx) => deactivateApp(ctx, gone.app.id, gone.user.id));
    const answer = await send(form);
    expect([answer.status, answer.json.error]).toEqual([401, "invalid_client"]);
  });

  it("[C08] never by GET, by JSON, or in the URL", async () => {
    const form = maya.codeForm();
    const query = new URLSearchParams(form).toString();
    expect((await house.call(`GET ${tokenPath}?${query}`)).status).toBe(405);
    const json = await house.call(`POST ${tokenPath}`, {
      body: JSON.stringify(form),
      headers: { "content-type": "application/json" },
    });
    expect([json.status, json.json.error]).toEqual([400, "invalid_request"]);
    for (const path of [tokenPath, "/idp/token/introspect", "/idp/token/revoke"]) {
      const url = await house.post(`${path}?client_secret=${maya.clientSecret}`, { ...form, token: "x" });
      expect([url.status, url.json.error]).toEqual([400, "invalid_request"]);
    }
    // None of it has spent the code.
    expect((await send(form)).status).toBe(200);
  });

  it("[C11] malformed Basic credentials are 401, never 500", async () => {
    const values = [
      ...["%", "%zz:secret", "cid_1:%e0%a4%a", ":", "cid_1:", ":secret", "cid_1", "", "ü:ü", "cid\u0000:secret"].map(
        (text) => basicOf(text).authorization,
      ),
      "Basic",
      "Basic ",
      "Basic ====",
      "Basic not/base64!",
      "Basic a b",
      "Bearer abc",
      "Digest username=x",
    ];
    for (const authorization of values) {
      const answer = await send(bareForm(), { authorization });
      expect([authorization, answer.status, answer.json.error]).toEqual([authorization, 401, "invalid_client"]);
      expect(answer.headers.get("www-authenticate")).toMatch(/^Basic /);
    }
  });

  it("[C13] and asks for a grant that there is", async () => {
    const grantTypes = ["password", "token-exchange", "implicit", "AUTHORIZATION_CODE", "urn:x"];
    for (const grant_type of grantTypes) {
      const answer = await send({ ...maya.codeForm(), grant_type });
      expect([answer.status, answer.json.error]).toEqual([400, "unsupported_grant_type"]);
    }
    const { grant_type: _, ...without } = maya.codeForm();
    const answer = await send(without);
    expect([answer.status, answer.json.error]).toEqual([400, "invalid_request"]);
  });

  it("[R45] at introspection too, if it says who it is", async () => {
    const { access_token } = (await send(maya.codeForm())).json;
    const path = "/idp/token/introspect";
    const wrong: Record<string, string>[] = [{ client_secret: "csc_wrong" }, { client_id: "cid_unknown" }];
    for (const change of wrong) {
      const answer = await house.post(path, { token: access_token, ...maya.proof, ...change });
      expect([answer.status, answer.json.error]).toEqual([401, "invalid_client"]);
      expect(answer.text).not.toContain("active");
    }
    for (const proof of [maya.proof, {}]) {
      expect((await house.post(path, { token: access_token, ...proof })).json.active).toBe(true);
    }
  });

  it("with a secret that was added a moment ago, before any feed has told of it", async () => {
    const other = await openSecondHouse(house);
    await other.feed.pollOnce();
    const late = await signIn(house);
    const answer = await other.post(tokenPath, late.codeForm());
    expect(answer.status).toBe(200);
    await other.close();
  });
});
