import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Ctx, inTx } from "../context.ts";
import { query } from "../store/index.ts";
import type { ManualClock } from "../testing/clock.ts";
import { manualClock } from "../testing/clock.ts";
import { databases } from "../testing/databases.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import { selectDue, selectFirst } from "./outbox.sql.ts";
import { claimWebhook, forgetOldWebhooks, listWebhooks, queueWebhook, recordAttempt, replayWebhook } from "./outbox.ts";
import type { WebhookEvent } from "./outbox-event.ts";

const hour = 3_600_000;

describe.each(databases)("the outbox on $name", ({ open }) => {
  let house: OpenCtx;
  let ctx: Ctx;
  let clock: ManualClock;
  let apps = 0;
  let app: string;

  beforeAll(async () => {
    clock = manualClock();
    house = await openCtx(open, { clock });
    ctx = house.ctx;
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    app = await addApp();
  });

  async function addApp(webhookUrl: string | null = "https://hooks.example/"): Promise<string> {
    const id = `app_${String(++apps).padStart(3, "0")}`;
    const texts = { name: id, name_key: id, client_id: id, owner_id: "usr_1", client_type: "public" as const };
    const rest = { redirect_uris: "[]", allowed_scopes: "[]", id_token_signed_response_alg: "RS256", generation: 1 };
    const defaults = { access_token_format: "sealed" as const, grant_types: "", post_logout_redirect_uris: "[]" };
    const times = { created_at: 1, updated_at: 1, refresh_token_lifetime_days: 30 };
    await inTx(ctx, (tx) =>
      query(tx, (db) =>
        db
          .insertInto("apps")
          .values({ id, ...texts, ...rest, ...defaults, ...times, webhook_url: webhookUrl })
          .returning("id"),
      ),
    );
    return id;
  }

  const queue = (appId = app, data = {}) => inTx(ctx, (tx) => queueWebhook(tx, { appId, type: "webhook.test", data }));
  const claim = (seen: WebhookEvent) => inTx(ctx, (tx) => claimWebhook(tx, seen));
  const fail = (event: WebhookEvent) => inTx(ctx, (tx) => recordAttempt(tx, event, { ok: false, error: "no" }));
  const succeed = (event: WebhookEvent) => inTx(ctx, (tx) => recordAttempt(tx, event, { ok: true }));
  const dueOf = async (appId = app) => (await selectDue(ctx, 100)).find((event) => event.appId === appId);

  it("holds what an app with an address is told, and nothing for one without or deleted", async () => {
    const event = await queue(app, { user_id: "usr_2" });
    expect(JSON.parse(event!.payload)).toEqual({
      type: "webhook.test",
      timestamp: new Date(clock.now()).toISOString(),
      data: { app_id: app, user_id: "usr_2" },
    });
    expect(await dueOf()).toEqual(event);
    const deaf = await addApp(null);
    expect(await queue(deaf)).toBeUndefined();
    expect(await listWebhooks(ctx, deaf, { page: 0, limit: 10 })).toEqual({ total: 0, items: [] });
  });

  it("tells nothing that was rolled back", async () => {
    await inTx(ctx, async (tx) => {
      await queueWebhook(tx, { appId: app, type: "webhook.test", data: {} });
      return { ok: false };
    });
    expect(await dueOf()).toBeUndefined();
  });

  it("gives each attempt to one of many", async () => {
    const seen = (await queue())!;
    const claims = await Promise.all(Array.from({ length: 50 }, () => claim(seen)));
    expect(claims.filter((event) => event !== undefined)).toHaveLength(1);
    expect(await dueOf()).toBeUndefined();
  });

  it("keeps the order of an app: the next one waits for the one before, and for no other app", async () => {
    const first = (await queue())!;
    const second = (await queue())!;
    const other = await addApp();
    await queue(other);
    expect((await dueOf())?.id).toBe(first.id);
    await fail((await claim(first))!);
    expect(await dueOf()).toBeUndefined();
    expect(await dueOf(other)).toBeDefined();
    clock.advance(6000);
    await succeed((await claim((await dueOf())!))!);
    expect((await dueOf())?.id).toBe(second.id);
    expect((await selectFirst(ctx, app))?.id).toBe(second.id);
  });

  it("gives an attempt that was never finished to somebody else after a minute", async () => {
    const lost = (await claim((await queue())!))!;
    clock.advance(59_999);
    expect(await dueOf()).toBeUndefined();
    clock.advance(1);
    const again = (await claim((await dueOf())!))!;
    expect([again.id, again.attempts]).toEqual([lost.id, 2]);
    // Who lost it comes back late: a failure is not his to tell any more, a delivery is a fact.
    await fail(lost);
    expect((await selectFirst(ctx, app))?.leasedUntil).not.toBeNull();
    await succeed(lost);
    expect(await selectFirst(ctx, app)).toBeUndefined();
  });

  it("waits longer after each failure, and gives up after about three days", async () => {
    await queue();
    const begun = clock.now();
    const waits: number[] = [];
    for (let event = await dueOf(); event; event = await dueOf()) {
      const at = clock.now();
      await fail((await claim(event))!);
      const next = (await selectFirst(ctx, app))?.nextAttemptAt;
      if (next === undefined) break;
      waits.push(next - at);
      clock.setNow(next);
    }
    expect(waits.length).toBeGreaterThanOrEqual(11);
    for (const [index, wait] of waits.entries()) {
      const middle = Math.min(5000 * 4 ** index, 12 * hour);
      expect(wait).toBeGreaterThanOrEqual(middle * 0.8);
      expect(wait).toBeLessThanOrEqual(middle * 1.2);
    }
    expect(clock.now() - begun).toBeGreaterThan(48 * hour);
    expect(clock.now() - begun).toBeLessThan(84 * hour);
    const { items } = await listWebhooks(ctx, app, { page: 0, limit: 10 });
    expect(items[0]).toMatchObject({ gaveUpAt: clock.now(), lastError: "no", deliveredAt: null });
  });

  it("tries what waited behind one that was given up, but not for another three days", async () => {
    const first = (await queue())!;
    const second = (await queue())!;
    clock.advance(72 * hour);
    await fail((await claim(first))!);
    await fail((await claim((await dueOf())!))!);
    expect(await selectFirst(ctx, app)).toBeUndefined();
    // Replayed, it is as new.
    await inTx(ctx, (tx) => replayWebhook(tx, app, second.id));
    await fail((await claim((await dueOf())!))!);
    expect((await selectFirst(ctx, app))?.id).toBe(second.id);
  });

  it("sends again on demand, under the same id, but not while it is being sent", async () => {
    const event = (await claim((await queue())!))!;
    const replay = (id: string) => inTx(ctx, (tx) => replayWebhook(tx, app, id));
    expect(await replay(event.id)).toEqual({ ok: false, why: "busy" });
    expect(await replay("evt_unknown")).toEqual({ ok: false, why: "unknown" });
    await succeed(event);
    expect(await replay(event.id)).toMatchObject({ ok: true, event: { id: event.id, attempts: 0 } });
    expect((await dueOf())?.payload).toBe(event.payload);
  });

  it("finds what is due behind a long queue of one that does not answer", async () => {
    await inTx(ctx, async (tx) => {
      for (let count = 0; count < 500; count++) await queueWebhook(tx, { appId: app, type: "webhook.test", data: {} });
    });
    await fail((await claim((await dueOf())!))!);
    const other = await addApp();
    await queue(other);
    expect((await selectDue(ctx, 1)).map(({ appId }) => appId)).not.toContain(app);
    expect(await dueOf(other)).toBeDefined();
  });

  it("lists newest first, page by page, and forgets after thirty days", async () => {
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) ids.push((await queue())!.id);
    const page = await listWebhooks(ctx, app, { page: 1, limit: 2 });
    expect([page.total, page.items.map(({ id }) => id)]).toEqual([3, [ids[0]]]);
    clock.advance(30 * 24 * hour);
    const late = (await queue())!;
    clock.advance(1);
    while ((await inTx(ctx, forgetOldWebhooks)) > 0);
    expect((await listWebhooks(ctx, app, { page: 0, limit: 9 })).items.map(({ id }) => id)).toEqual([late.id]);
  });
});
