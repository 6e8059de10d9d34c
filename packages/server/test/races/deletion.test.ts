import { describe, expect, it } from "vitest";
import { signUp } from "../../src/accounts/index.ts";
import { type Ctx, inTx } from "../../src/context.ts";
import { createPasswordHasher } from "../../src/kernel/password.ts";
import { systemRandom } from "../../src/kernel/random.ts";
import { findUser, takeDeletionBack } from "../../src/people/index.ts";
import { finishDeletions, requestDeletion } from "../../src/personal-data/index.ts";
import { openStore } from "../../src/store/index.ts";
import { manualClock } from "../../src/testing/clock.ts";
import { databases } from "../../src/testing/databases.ts";
import { openCtx } from "../../src/testing/open-ctx.ts";

const people = process.env.INNKEEPER_FULL === "1" ? 200 : 20;
const grace = 14 * 86_400_000;

describe.each(databases)("deleting and taking back on $name", ({ open }) => {
  it("[X10] end one way for each account, whole, when both happen at the last moment in two stores", async () => {
    const clock = manualClock();
    const house = await openCtx(open, { clock });
    const { ctx } = house;
    const hasher = createPasswordHasher({ random: ctx.random, memory: 64, passes: 1 });
    const ids: string[] = [];
    for (let each = 0; each < people; each++) {
      const form = { username: `person${each}`, displayName: "P", email: `p${each}@fennick.example` };
      const made = await signUp(ctx, hasher, { ...form, password: "tulips in the attic 4" });
      if (!made.ok) throw new Error(JSON.stringify(made.faults));
      ids.push(made.user.id);
      await inTx(ctx, (tx) => requestDeletion(tx, made.user.id));
    }
    clock.advance(grace - 1);
    // Another process whose clock is a moment ahead.
    const ahead = manualClock(clock.now() + 1);
    const random = systemRandom(ahead);
    const store = await openStore({ url: house.url, clock: ahead, random });
    const other: Ctx = { ...ctx, db: store.db, clock: ahead, random };

    const kept = ids.map((id) => inTx(ctx, async (tx) => ({ ok: await takeDeletionBack(tx, id) })));
    const finishing = (async () => {
      let finished = 0;
      for (let round = 0; round < people; round++) finished += await finishDeletions(other);
      return finished;
    })();
    const verdicts = await Promise.all(kept);
    const finished = (await finishing) + (await finishDeletions(other));

    expect(finished).toBe(verdicts.filter(({ ok }) => !ok).length);
    for (const [index, id] of ids.entries()) {
      const user = await findUser(ctx, id);
      const isKept = verdicts[index]!.ok;
      expect([user?.deletionDueAt, user?.displayName, user?.disabledAt === null]).toEqual([
        null,
        isKept ? "P" : "",
        isKept,
      ]);
    }
    await store.close();
    await house.close();
  });
});
