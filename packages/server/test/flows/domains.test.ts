import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findApp, recheckDomains, verifyDomain } from "../../src/apps/index.ts";
import { createOutbound, type Outbound } from "../../src/http/outbound.ts";
import { query } from "../../src/store/index.ts";
import { redirectUri } from "../../src/testing/platform.ts";
import { caller, keyOf, openOutside } from "./outside.ts";
import { openStoryteller, type Storyteller, stored } from "./storyteller.ts";

const day = 86_400_000;
const domain = "storyteller.example";

/** What name servers say of texts; nobody has an address. */
let texts: Record<string, string[]>;
let asked: string[];
let platform: Storyteller;
let call: ReturnType<typeof caller>;
let path: string;

beforeEach(async () => {
  texts = {};
  asked = [];
  const resolver = {
    addresses: async () => [],
    texts: async (name: string) => {
      asked.push(name);
      return texts[name] ?? [];
    },
  };
  platform = await openStoryteller({}, { resolver });
  call = caller(platform, await keyOf(platform, "owner"));
  path = `/idp/apps/${platform.app.id}/domain`;
});
afterEach(() => platform.close());

const publish = (value = `innkeeper-domain-verification=${platform.app.id}`) => {
  texts[`_innkeeper-challenge.${domain}`] = ["v=spf1 -all", value];
};
const verifiedDomain = async () => (await findApp(platform.ctx, platform.app.id))?.verifiedDomain;
async function verify() {
  await call("POST", path, { domain });
  publish();
  expect((await call("POST", `${path}/verify`)).status).toBe(200);
}

describe("a domain", () => {
  it("[R84] is proven by a text record", async () => {
    const { body } = await call("POST", path, { domain: "Storyteller.Example" });
    expect(body).toEqual({
      app_id: platform.app.id,
      domain,
      verified: false,
      dns_record: {
        type: "TXT",
        name: `_innkeeper-challenge.${domain}`,
        value: `innkeeper-domain-verification=${platform.app.id}`,
      },
      file: {
        url: `https://${domain}/.well-known/innkeeper-domain.txt`,
        content: `innkeeper-domain-verification=${platform.app.id}`,
      },
    });
    expect(asked).toEqual([]);
    expect(await call("POST", `${path}/verify`)).toMatchObject({ status: 409 });
    expect(await verifiedDomain()).toBeNull();
    publish("innkeeper-domain-verification=app_somebody_else");
    expect(await call("POST", `${path}/verify`)).toMatchObject({ status: 409 });
    publish();
    expect(await call("POST", `${path}/verify`)).toMatchObject({ status: 200, body: { domain, verified: true } });
    expect((await call("GET", `/idp/apps/${platform.app.id}`)).body.verified_domain).toBe(domain);
    expect((await call("POST", path, { domain })).body.verified).toBe(true);
  });

  it("is proven by a file, fetched through the guard and not after a redirect", async () => {
    await call("POST", path, { domain });
    const outside = await openOutside();
    // The guard allows this origin, and the domain's own is nowhere: so its address is led there.
    const guard = createOutbound({ allowOrigins: [outside.origin] });
    const led = (url: string) => url.replace(`https://${domain}`, outside.origin);
    const outbound: Outbound = {
      ...guard,
      texts: async () => [],
      fetch: (url, request) => guard.fetch(led(url), request),
    };
    const verify = () => verifyDomain({ ...platform.ctx, outbound }, platform.app.id, "usr_owner");
    const content = `innkeeper-domain-verification=${platform.app.id}`;

    outside.play = (_, response) => void response.writeHead(302, { location: "/elsewhere" }).end(content);
    expect(await verify()).toEqual({ ok: false, why: "no_proof" });
    outside.play = (_, response) => void response.end(`${content}0`);
    expect(await verify()).toEqual({ ok: false, why: "no_proof" });
    outside.play = (_, response) => void response.end(`# ours\r\n${content}\r\n`);
    expect(await verify()).toMatchObject({ ok: true });
    expect(outside.received.map(({ url }) => url)).toEqual(Array(3).fill("/.well-known/innkeeper-domain.txt"));
    outside.close();
  });

  it("shows as a badge where the app asks, for hosts of the domain only", async () => {
    const scope = "openid";
    const before = await platform.signIn(platform.browser(), platform.request({ scope }));
    expect(before.text).toContain("Unverified");
    await verify();
    const after = await platform.signIn(platform.browser(), platform.request({ scope }));
    expect(after.text).toContain("Verified:");
    expect(after.text).not.toContain("Unverified");
  });

  it("is asked for only when homepage and redirect URIs lie within it", async () => {
    const before = await stored(platform);
    for (const other of [
      "other.example",
      "app.storyteller.example",
      "example",
      "127.0.0.1",
      "https://storyteller.example",
      "",
    ]) {
      expect((await call("POST", path, { domain: other })).status).toBe(422);
    }
    expect((await call("POST", `${path}/verify`)).status).toBe(409);
    expect(await stored(platform)).toBe(before);
    expect(asked).toEqual([]);
  });

  it("[R84] is lost when homepage or redirect URIs lead elsewhere, and logged", async () => {
    for (const change of [
      { homepage_url: "https://elsewhere.example/" },
      { redirect_uris: [redirectUri, "https://elsewhere.example/callback"] },
    ]) {
      await verify();
      await call("PATCH", `/idp/apps/${platform.app.id}`, { description: "Another word", homepage_url: null });
      expect(await verifiedDomain()).toBe(domain);
      const { body } = await call("PATCH", `/idp/apps/${platform.app.id}`, change);
      expect(body.verified_domain).toBeNull();
      expect(await verifiedDomain()).toBeNull();
      await call("PATCH", `/idp/apps/${platform.app.id}`, { homepage_url: null, redirect_uris: [redirectUri] });
      // Coming back is not enough: it has to be proven anew.
      expect(await verifiedDomain()).toBeNull();
    }
    const log = await query(platform.ctx, (db) =>
      db.selectFrom("audit_log").select("action").where("action", "like", "app.domain%").orderBy("id"),
    );
    expect(log.map(({ action }) => action.slice("app.domain_".length))).toEqual([
      "asked",
      "verified",
      "lost",
      "asked",
      "verified",
      "lost",
    ]);
  });

  it("is looked for again each week, and lost when it was missing four days in a row", async () => {
    await verify();
    const { ctx, clock } = platform;
    const recheck = async () => {
      const before = asked.length;
      await recheckDomains(ctx);
      return asked.length - before;
    };
    clock.advance(6 * day);
    expect(await recheck()).toBe(0);
    clock.advance(day + 1);
    expect(await recheck()).toBe(1);
    expect(await recheck()).toBe(0);
    texts = {};
    clock.advance(7 * day + 1);
    for (const left of [domain, domain, domain, null]) {
      expect(await recheck()).toBe(1);
      expect(await verifiedDomain()).toBe(left);
      clock.advance(day + 1);
    }
    expect(await recheck()).toBe(0);
  });

  it("is believed again when the proof comes back in time", async () => {
    await verify();
    const ctx = platform.ctx;
    texts = {};
    platform.clock.advance(7 * day + 1);
    for (let count = 0; count < 3; count++) {
      await recheckDomains(ctx);
      platform.clock.advance(day + 1);
    }
    publish();
    await recheckDomains(ctx);
    texts = {};
    platform.clock.advance(7 * day + 1);
    await recheckDomains(ctx);
    expect(await verifiedDomain()).toBe(domain);
  });

  it("is given up by a call", async () => {
    await verify();
    expect((await call("DELETE", path)).status).toBe(200);
    expect(await verifiedDomain()).toBeNull();
    expect((await call("POST", `${path}/verify`)).status).toBe(409);
  });

  it("[N01] of somebody else's app is nobody's to ask for, to look for or to give up", async () => {
    await verify();
    const other = caller(platform, await keyOf(platform, "maya"));
    const before = await stored(platform);
    expect((await other("POST", path, { domain })).status).toBe(404);
    expect((await other("POST", `${path}/verify`)).status).toBe(404);
    expect((await other("DELETE", path)).status).toBe(404);
    expect(await stored(platform)).toBe(before);
  });
});
