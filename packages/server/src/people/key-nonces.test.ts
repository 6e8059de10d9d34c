import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTx } from "../context.ts";
import { createSealer } from "../kernel/seal.ts";
import { databases } from "../testing/databases.ts";
import { openCtx } from "../testing/open-ctx.ts";
import { createKeyNonces, type KeyNonces, type NonceUse, spendNonce } from "./key-nonces.ts";
import { callText, readCallNonce } from "./key-texts.ts";

type Opened = Awaited<ReturnType<typeof openCtx>>;

let opened: Opened;
let nonces: KeyNonces;

const maya = { id: "usr_maya", username: "maya" };
const uses: NonceUse[] = [
  { purpose: "sign-in", browser: "one" },
  { purpose: "sign-in", browser: "two" },
  { purpose: "cli-sign-in" },
  { purpose: "link-key", account: maya },
  { purpose: "link-key", account: { id: "usr_kit", username: "kit" } },
];

beforeAll(async () => {
  opened = await openCtx(databases[0]!.open);
  nonces = createKeyNonces(opened.ctx, sealerFor("https://id.acme.example"));
});

afterAll(() => opened.close());

function sealerFor(issuer: string) {
  const secrets = ["a secret of the tests, long enough for all"];
  return createSealer({ secrets, issuer, epoch: "", random: opened.ctx.random });
}

describe("a nonce", () => {
  it("[I04][I10] opens for what and for whom it was given, and for nothing else", async () => {
    for (const given of uses) {
      const { nonce, text } = nonces.issue(given);
      for (const use of uses) {
        const challenge = await nonces.open(use, nonce);
        expect(challenge?.text, `${JSON.stringify(given)} as ${JSON.stringify(use)}`).toBe(
          use === given ? text : undefined,
        );
      }
      const elsewhere = createKeyNonces(opened.ctx, sealerFor("https://id.other.example"));
      expect(await elsewhere.open(given, nonce)).toBeUndefined();
    }
  });

  it("stands in texts that differ in more than it", () => {
    const texts = uses.map((use) => {
      const { nonce, text } = nonces.issue(use);
      return text.replace(nonce, "…");
    });
    const call = { issuer: "https://id.acme.example", method: "POST", target: "/idp/apps", body: "{}", nonce: "…" };
    // The two browsers are told the same; their nonces are not.
    expect(new Set([...texts, callText(call)]).size).toBe(uses.length);
  });

  it("[I09] is dead once it was spent, and 128 bits of chance make it one of its own", async () => {
    const use = uses[2]!;
    const challenge = (await nonces.open(use, nonces.issue(use).nonce))!;
    expect(challenge.id).toHaveLength(22);
    const spent = await inTx(opened.ctx, (tx) => spendNonce(tx, challenge));
    const again = await inTx(opened.ctx, (tx) => spendNonce(tx, challenge));
    expect([spent, again, await nonces.open(use, challenge.nonce)]).toEqual([true, false, undefined]);
  });

  it("is opened from nothing else, and opening never throws", async () => {
    const use = uses[0]!;
    const { nonce } = nonces.issue(use);
    for (const text of ["", "A", `${nonce}A`, nonce.slice(1), nonce.toLowerCase(), "A".repeat(1_000_000)]) {
      expect(await nonces.open(use, text)).toBeUndefined();
    }
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), async (text) => {
        expect(await nonces.open(use, text)).toBeUndefined();
      }),
    );
  });
});

describe("the nonce of a call", () => {
  it("is a time in seconds and chance, and nothing else", () => {
    expect(readCallNonce("1795246289.LGhdtI3WU1IVjS0fA6iAvQ")).toEqual({ signedAt: 1_795_246_289_000 });
    for (const text of [
      "",
      "1795246289",
      "1795246289.",
      "1795246289.short",
      "1795246289.LGhdtI3WU1IVjS0fA6iAvQ\nMethod: GET",
      "1795246289.LGhdtI3WU1IVjS0fA6iAvQ ",
      "-1795246289.LGhdtI3WU1IVjS0fA6iAvQ",
      "1795246289.5.LGhdtI3WU1IVjS0fA6iAvQ",
      `1795246289.${"A".repeat(65)}`,
    ]) {
      expect(readCallNonce(text), text).toBeUndefined();
    }
  });

  it("stands in a text that tells the whole call, line by line", () => {
    const call = {
      issuer: "https://id.acme.example",
      method: "POST",
      target: "/idp/apps?search=a%20b",
      body: '{"name":"Quarry"}',
      nonce: "1795246289.LGhdtI3WU1IVjS0fA6iAvQ",
    };
    expect(callText(call)).toBe(
      [
        "id.acme.example gets one call of its API from you, signed with your key.",
        "",
        "URI: https://id.acme.example/idp/apps?search=a%20b",
        "Version: 1",
        "Purpose: api-call",
        "Method: POST",
        "Body SHA-256: b993fc692007c608f3c4e61e3775fa72642fb78e46c1022c419e134d6aad600c",
        "Nonce: 1795246289.LGhdtI3WU1IVjS0fA6iAvQ",
      ].join("\n"),
    );
    for (const [name, other] of Object.entries({ method: "PUT", target: "/idp/apps", body: "{}", nonce: "1.x" })) {
      expect(callText({ ...call, [name]: other })).not.toBe(callText(call));
    }
  });
});
