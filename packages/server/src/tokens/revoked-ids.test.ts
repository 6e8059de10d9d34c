import { expect, it } from "vitest";
import { manualClock } from "../testing/clock.ts";
import { databases } from "../testing/databases.ts";
import { openCtx } from "../testing/open-ctx.ts";
import { accessTokenLifeMs } from "./access-token.ts";
import { createRevokedIds } from "./revoked-ids.ts";

it("keeps what was revoked for as long as a token of a process whose clock is ahead may live", async () => {
  const clock = manualClock();
  const { ctx, close } = await openCtx(databases[0]!.open, { clock });
  const revoked = createRevokedIds(ctx);
  await expect.poll(() => revoked.recall("tok", "fam")).toBe(false);
  const revokeMany = (name: string) => {
    for (let n = 0; n < 2000; n++) ctx.changes.apply({ kind: "revoked", subjectId: `${name}${n}` });
  };
  revokeMany("fam");
  clock.advance(accessTokenLifeMs + 30_000);
  // So many that the expired ones are let go.
  revokeMany("tok");
  expect(revoked.recall("tok", "fam0")).toBe(true);
  clock.advance(accessTokenLifeMs);
  revokeMany("more");
  revokeMany("still more");
  expect(revoked.recall("tok", "fam0")).toBe(false);
  await close();
});
