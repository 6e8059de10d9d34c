import { Buffer } from "node:buffer";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Ctx, inTx } from "../context.ts";
import { createChanges } from "../events/index.ts";
import { databases } from "../testing/databases.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import { openSeals, renewEpoch } from "./seals.ts";

const text = Buffer.from("a room key");
const next = "another secret that is long enough, 0123";

describe.each(databases)("seals on $name", ({ open }) => {
  let house: OpenCtx;
  beforeEach(async () => {
    house = await openCtx(open);
  });
  afterEach(() => house.close());

  const withSecrets = (...secrets: string[]): Ctx => ({ ...house.ctx, config: { ...house.ctx.config, secrets } });
  const former = () => house.ctx.config.secrets[0]!;

  it("opens what another process of the same installation sealed", async () => {
    const [one, two] = [await openSeals(house.ctx), await openSeals(house.ctx)];
    expect(two.sealer.open("code", one.sealer.seal("code", text))).toEqual(text);
  });

  it("[R06] refuses what was sealed in an earlier epoch, but keeps what must last", async () => {
    const before = await openSeals(house.ctx);
    const running = await openSeals(house.ctx);
    const sealed = before.sealer.seal("code", text);
    const lasting = before.lasting.seal("signing_key", text);
    await inTx(house.ctx, renewEpoch);
    await running.reload();
    expect(running.sealer.open("code", sealed)).toBeUndefined();
    expect((await openSeals(house.ctx)).sealer.open("code", sealed)).toBeUndefined();
    expect(running.lasting.open("signing_key", lasting)).toEqual(text);
  });

  it("[R06] learns of a new epoch also when it could not be read at first", async () => {
    const renewed = { kind: "epoch", subjectId: "epoch" } as const;
    const failing = { ...house.ctx, changes: createChanges() };
    const running = await openSeals(failing);
    const sealed = running.sealer.seal("code", text);
    await inTx(house.ctx, renewEpoch);
    failing.db = { ...house.ctx.db, query: () => Promise.reject(new Error("lost")) };
    failing.changes.apply(renewed);
    await new Promise((resolve) => setImmediate(resolve));
    failing.db = house.ctx.db;
    await expect.poll(() => running.sealer.open("code", sealed)).toBeUndefined();
  });

  it("refuses a secret this database was not sealed with", async () => {
    await openSeals(house.ctx);
    await expect(openSeals(withSecrets(next))).rejects.toThrow(/INNKEEPER_SECRET is not the secret/);
  });

  it("changes the secret in two steps: the new one in front, then the former one left out", async () => {
    const before = (await openSeals(house.ctx)).sealer.seal("code", text);
    const both = await openSeals(withSecrets(next, former()));
    expect(both.sealer.open("code", before)).toEqual(text);
    const after = await openSeals(withSecrets(next));
    expect(after.sealer.open("code", before)).toBeUndefined();
  });

  it("agrees on one epoch when many processes start at once", async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => openSeals(house.ctx)));
    const sealed = all[0]!.sealer.seal("code", text);
    for (const { sealer } of all) expect(sealer.open("code", sealed)).toEqual(text);
  });
});
