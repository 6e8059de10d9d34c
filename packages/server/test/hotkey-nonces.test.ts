import { Buffer } from "node:buffer";
import { expect, it } from "vitest";
import { createSealer } from "../src/kernel/seal.ts";
import { createKeyNonces } from "../src/people/index.ts";
import { databases } from "../src/testing/databases.ts";
import { openCtx } from "../src/testing/open-ctx.ts";

/** A million takes half a minute. */
const count = process.env.INNKEEPER_FULL === "1" ? 1_000_000 : 50_000;

it("[I09] a nonce never comes twice: many thousands of them, compared", async () => {
  const { ctx, close } = await openCtx(databases[0]!.open);
  const secrets = ["a secret of the tests, long enough for all"];
  const nonces = createKeyNonces(
    ctx,
    createSealer({ secrets, issuer: "https://id.acme.example", epoch: "", random: ctx.random }),
  );
  // Of each the last 64 bits, which are part of its seal: were two nonces the same, so would these be.
  const tails = new BigUint64Array(count);
  for (let each = 0; each < count; each++) {
    const { nonce } = nonces.issue({ purpose: "cli-sign-in" });
    tails[each] = Buffer.from(nonce.slice(-12), "base64url").readBigUInt64BE(1);
  }
  tails.sort();
  let same = 0;
  for (let each = 1; each < count; each++) if (tails[each] === tails[each - 1]) same += 1;
  expect(same).toBe(0);
  await close();
});
