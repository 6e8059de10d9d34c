import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Ctx, inTx } from "../context.ts";
import { listOutbox } from "../mail/index.ts";
import { type ManualClock, manualClock } from "../testing/clock.ts";
import { databases } from "../testing/databases.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import {
  createUser,
  forgetOldSecurityEvents,
  listSecurityEvents,
  recordSecurityEvent,
  setVerifiedEmail,
} from "./index.ts";

describe.each(databases)("security events on $name", ({ open }) => {
  let clock: ManualClock;
  let house: OpenCtx;
  let ctx: Ctx;
  let userId: string;

  beforeEach(async () => {
    clock = manualClock();
    house = await openCtx(open, { clock });
    ctx = { ...house.ctx, config: { ...house.ctx.config, issuer: "http://localhost:3000" } };
    const maya = { username: "maya", displayName: "Maya", email: "maya@fennick.example", passwordHash: null };
    const created = await inTx(ctx, (tx) => createUser(tx, { ...maya, role: "user" }));
    if (!created.ok) throw new Error(created.why);
    userId = created.user.id;
  });
  afterEach(() => house.close());

  const prove = () => inTx(ctx, (tx) => setVerifiedEmail(tx, userId, "maya@fennick.example"));

  it("[X05] are listed to their owner, the newest first, page by page, and to nobody else", async () => {
    for (const name of ["one", "two", "three"]) {
      await inTx(ctx, (tx) => recordSecurityEvent(tx, { userId, kind: "key_created", detail: { name } }));
      clock.advance(1000);
    }
    const first = await listSecurityEvents(ctx, { userId, limit: 2 });
    expect(first.map(({ detail }) => detail.name)).toEqual(["three", "two"]);
    const rest = await listSecurityEvents(ctx, { userId, before: first[1]!.id, limit: 2 });
    expect(rest).toMatchObject([{ kind: "key_created", detail: { name: "one" }, createdAt: clock.now() - 3000 }]);
    expect(await listSecurityEvents(ctx, { userId: "usr_other", limit: 2 })).toEqual([]);
  });

  it("[X05] are mailed to a proven address, and to no other", async () => {
    await inTx(ctx, (tx) => recordSecurityEvent(tx, { userId, kind: "totp_removed" }));
    expect(await listOutbox(ctx)).toEqual([]);
    await prove();
    await inTx(ctx, (tx) =>
      recordSecurityEvent(tx, { userId, kind: "new_device", detail: { device: "Firefox on Linux" } }),
    );
    const [mail, ...more] = await listOutbox(ctx);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ to: "maya@fennick.example", kind: "new_device" });
    expect(mail?.text.lines.join(" ")).toContain("Signed in on a new device: Firefox on Linux");
  });

  it("are neither listed nor mailed when what they tell is taken back", async () => {
    await prove();
    const refused = await inTx(ctx, async (tx) => {
      await recordSecurityEvent(tx, { userId, kind: "passkey_added", detail: { name: "phone" } });
      return { ok: false };
    });
    expect(refused.ok).toBe(false);
    expect(await listSecurityEvents(ctx, { userId, limit: 9 })).toEqual([]);
    expect(await listOutbox(ctx)).toEqual([]);
  });

  it("are forgotten after a year", async () => {
    await inTx(ctx, (tx) => recordSecurityEvent(tx, { userId, kind: "password_changed" }));
    clock.advance(364 * 86_400_000);
    await inTx(ctx, (tx) => recordSecurityEvent(tx, { userId, kind: "recovery_used" }));
    clock.advance(2 * 86_400_000);
    expect(await inTx(ctx, forgetOldSecurityEvents)).toBe(1);
    expect(await listSecurityEvents(ctx, { userId, limit: 9 })).toMatchObject([{ kind: "recovery_used" }]);
  });
});
