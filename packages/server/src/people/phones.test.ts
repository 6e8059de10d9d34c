import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Ctx, inTx } from "../context.ts";
import { query } from "../store/index.ts";
import { databases } from "../testing/databases.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import { createUser, findUser, listSecurityEvents, removePhone, setUserDisabled, setVerifiedPhone } from "./index.ts";

const number = "+4915112345678";
const other = "+819012345678";

describe.each(databases)("the phone number of an account on $name", ({ open }) => {
  let opened: OpenCtx;
  let ctx: Ctx;
  beforeEach(async () => {
    opened = await openCtx(open);
    ctx = opened.ctx;
  });
  afterEach(() => opened.close());

  const add = async (username: string): Promise<string> => {
    const wanted = { username, displayName: username, email: null, passwordHash: null, role: "user" as const };
    const made = await inTx(ctx, (tx) => createUser(tx, wanted));
    if (!made.ok) throw new Error(made.why);
    return made.user.id;
  };
  const set = (userId: string, phone: string) => inTx(ctx, (tx) => setVerifiedPhone(tx, userId, phone));
  const remove = (userId: string) => inTx(ctx, (tx) => removePhone(tx, userId));
  const kinds = async (userId: string) =>
    (await listSecurityEvents(ctx, { userId, limit: 10 })).map(({ kind }) => kind);

  it("takes the place of the one before, and what happened is written down", async () => {
    const maya = await add("maya");
    expect(await set(maya, number)).toEqual({ ok: true });
    expect(await findUser(ctx, maya)).toMatchObject({ phone: number, phoneVerifiedAt: ctx.clock.now() });
    expect(await set(maya, other)).toEqual({ ok: true });
    expect((await findUser(ctx, maya))!.phone).toBe(other);
    expect(await remove(maya)).toBe(true);
    expect(await findUser(ctx, maya)).toMatchObject({ phone: null, phoneVerifiedAt: null });
    expect(await remove(maya)).toBe(false);
    expect(await kinds(maya)).toEqual(["phone_removed", "phone_changed", "phone_changed"]);
    const audit = await query(ctx, (db) => db.selectFrom("audit_log").select("action").orderBy("id"));
    expect(audit.map(({ action }) => action)).toEqual([
      ...["user.phone_verified", "user.phone_verified", "user.phone_removed"],
    ]);
    // No event and no audit row tells the number itself.
    const told = await query(ctx, (db) => db.selectFrom("security_events").select("detail"));
    expect(JSON.stringify(told)).not.toContain("4915112345678");
  });

  it("[Z03] is nobody else's as long as it is one's own", async () => {
    const [maya, kit] = [await add("maya"), await add("kit")];
    await set(maya, number);
    expect(await set(kit, number)).toEqual({ ok: false, why: "taken" });
    expect((await findUser(ctx, kit))!.phone).toBeNull();
    expect(await kinds(kit)).toEqual([]);
    expect(await set(maya, number)).toEqual({ ok: true });
  });

  it("[Z03] becomes the own one of exactly one of many at once", async () => {
    const users = await Promise.all(Array.from({ length: 12 }, (_, index) => add(`user${index}`)));
    const verdicts = await Promise.all(users.map((id) => set(id, number)));
    expect(verdicts.filter(({ ok }) => ok)).toHaveLength(1);
    const owners = await query(ctx, (db) => db.selectFrom("users").select("id").where("phone", "=", number));
    expect(owners).toHaveLength(1);
  });

  it("is not set for an account that is switched off", async () => {
    const maya = await add("maya");
    await inTx(ctx, (tx) => setUserDisabled(tx, maya, true));
    expect((await set(maya, number)).ok).toBe(false);
    expect((await findUser(ctx, maya))!.phone).toBeNull();
  });
});
