import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inTx } from "../context.ts";
import type { ManualClock } from "../testing/clock.ts";
import { manualClock } from "../testing/clock.ts";
import { databases } from "../testing/databases.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import {
  createUser,
  endSession,
  findSession,
  findUserByLogin,
  setUserDisabled,
  startSession,
  type User,
} from "./index.ts";

const maya = {
  username: "Maya",
  displayName: "Maya",
  email: "maya@fennick.example",
  passwordHash: null,
  role: "user" as const,
};

describe.each(databases)("people on $name", ({ open }) => {
  let clock: ManualClock;
  let house: OpenCtx;
  let user: User;

  beforeEach(async () => {
    clock = manualClock();
    house = await openCtx(open, { clock });
    const created = await inTx(house.ctx, (tx) => createUser(tx, maya));
    user = (created as { user: User }).user;
  });
  afterEach(() => house.close());

  const begin = (replaces?: string) =>
    inTx(house.ctx, (tx) => startSession(tx, user, { amr: ["pwd"], userAgent: null, replaces }));

  it("takes a username once, in any letter case", async () => {
    const again = await inTx(house.ctx, (tx) => createUser(tx, { ...maya, username: "mAYA" }));
    expect(again).toEqual({ ok: false, why: "username_taken" });
  });

  it("finds a user by username, but not by an address that nobody verified", async () => {
    expect((await findUserByLogin(house.ctx, "MAYA"))?.user.id).toBe(user.id);
    expect(await findUserByLogin(house.ctx, "maya@fennick.example")).toBeUndefined();
  });

  it("lets two people write down the same unverified address", async () => {
    const other = await inTx(house.ctx, (tx) => createUser(tx, { ...maya, username: "kit" }));
    expect(other.ok).toBe(true);
  });

  it("[H08] begins a new session at every sign-in and ends the one before", async () => {
    const first = await begin();
    const second = await begin(first.session.id);
    expect(second.token).not.toBe(first.token);
    expect(await findSession(house.ctx, first.token)).toBeUndefined();
    expect(await findSession(house.ctx, second.token)).toMatchObject({ userId: user.id, amr: ["pwd"] });
  });

  it("stores the hash of the cookie, not the cookie", async () => {
    const { token, session } = await begin();
    expect(session.id).not.toContain(token);
    expect(await findSession(house.ctx, session.id)).toBeUndefined();
  });

  it("ends a session when asked, when idle for two weeks, and when the user is disabled", async () => {
    const asked = await begin();
    expect(await inTx(house.ctx, (tx) => endSession(tx, asked.session.id))).toBe(true);
    expect(await findSession(house.ctx, asked.token)).toBeUndefined();

    const idle = await begin();
    clock.advance(14 * 86_400_000 + 1);
    expect(await findSession(house.ctx, idle.token)).toBeUndefined();

    const disabled = await begin();
    await inTx(house.ctx, (tx) => setUserDisabled(tx, user.id, true));
    expect(await findSession(house.ctx, disabled.token)).toBeUndefined();
    await inTx(house.ctx, (tx) => setUserDisabled(tx, user.id, false));
    expect(await findSession(house.ctx, disabled.token)).toBeUndefined();
  });

  it("keeps a session that is used alive, 90 days at most", async () => {
    const { token } = await begin();
    for (let week = 0; week < 12; week++) {
      clock.advance(7 * 86_400_000);
      expect(await findSession(house.ctx, token)).toBeDefined();
    }
    clock.advance(7 * 86_400_000);
    expect(await findSession(house.ctx, token)).toBeUndefined();
  });
});
