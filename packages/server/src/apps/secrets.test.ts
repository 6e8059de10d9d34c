import { describe, expect, it } from "vitest";
import { type Ctx, inTx } from "../context.ts";
import { sha256Hex } from "../kernel/hash.ts";
import { query } from "../store/index.ts";
import { manualClock } from "../testing/clock.ts";
import { databases } from "../testing/databases.ts";
import { openCtx } from "../testing/open-ctx.ts";
import { type App, appMetadata, createApp, killSecret, listSecrets, rotateSecret, secretHashes } from "./index.ts";

const schema = appMetadata(["openid"]);
const maya = "usr_maya";

async function create(ctx: Ctx, more: object = {}): Promise<{ app: App; first: string }> {
  const metadata = schema.parse({ name: "Storyteller", redirect_uris: ["https://a.example/callback"], ...more });
  const made = await inTx(ctx, (tx) => createApp(tx, maya, metadata));
  if (!made.ok) throw new Error(made.why);
  return { app: made.app, first: made.clientSecret ?? "" };
}

async function rotate(ctx: Ctx, app: App, overlapSeconds: number): Promise<string> {
  const rotated = await inTx(ctx, (tx) => rotateSecret(tx, app, { actorId: maya, overlapSeconds }));
  if (!rotated.ok) throw new Error(rotated.why);
  return rotated.clientSecret;
}

/** Which of the secrets authenticate the app now. */
async function good(ctx: Ctx, app: App, secrets: string[]): Promise<boolean[]> {
  const hashes = (await secretHashes(ctx, app.id)).map(({ hash }) => hash);
  return secrets.map((secret) => hashes.includes(sha256Hex(secret)));
}

describe.each(databases)("rotating a secret on $name", ({ open }) => {
  it("[N02] ends the former one at once, or after the overlap that was asked for", async () => {
    const clock = manualClock();
    const { ctx, close } = await openCtx(open, { clock });
    const { app, first } = await create(ctx);
    const second = await rotate(ctx, app, 0);
    expect(await good(ctx, app, [first, second])).toEqual([false, true]);
    const third = await rotate(ctx, app, 60);
    clock.advance(59_999);
    expect(await good(ctx, app, [first, second, third])).toEqual([false, true, true]);
    clock.advance(1);
    expect(await good(ctx, app, [second, third])).toEqual([false, true]);
    await close();
  });

  it("[N02] lets several overlap, and prolongs none of them", async () => {
    const clock = manualClock();
    const { ctx, close } = await openCtx(open, { clock });
    const { app, first } = await create(ctx);
    const second = await rotate(ctx, app, 60);
    const third = await rotate(ctx, app, 3600);
    expect(await good(ctx, app, [first, second, third])).toEqual([true, true, true]);
    const listed = await listSecrets(ctx, app.id);
    expect(listed.map(({ hint }) => hint).toSorted()).toEqual(
      [first, second, third].map((secret) => secret.slice(-4)).toSorted(),
    );
    const now = clock.now();
    expect(listed.map(({ expiresAt }) => expiresAt && expiresAt - now).toSorted()).toEqual(
      [60_000, 3_600_000, null].toSorted(),
    );
    expect(new Set(listed.map(({ id }) => id)).size).toBe(3);
    expect(JSON.stringify(listed)).not.toContain("hash");
    clock.advance(60_000);
    expect(await good(ctx, app, [first, second, third])).toEqual([false, true, true]);
    await rotate(ctx, app, 0);
    const rows = await query(ctx, (db) => db.selectFrom("app_secrets").select("hash"));
    expect(rows).toHaveLength(1);
    await close();
  });

  it("keeps ten at most; the oldest go", async () => {
    const clock = manualClock();
    const { ctx, close } = await openCtx(open, { clock });
    const { app, first } = await create(ctx);
    const secrets = [first];
    for (let turn = 0; turn < 12; turn++) {
      clock.advance(1);
      secrets.push(await rotate(ctx, app, 3600));
    }
    expect(await good(ctx, app, secrets)).toEqual([...Array(3).fill(false), ...Array(10).fill(true)]);
    await close();
  });

  it("gives a public client none, and a deleted app neither", async () => {
    const { ctx, close } = await openCtx(open);
    const { app } = await create(ctx, { client_type: "public" });
    const asked = { actorId: maya, overlapSeconds: 0 };
    expect(await inTx(ctx, (tx) => rotateSecret(tx, app, asked))).toEqual({ ok: false, why: "public_client" });
    const nobody = { ...app, id: "app_nobody" };
    expect(await inTx(ctx, (tx) => rotateSecret(tx, nobody, asked))).toEqual({ ok: false, why: "closed" });
    expect(await query(ctx, (db) => db.selectFrom("app_secrets").select("hash"))).toEqual([]);
    await close();
  });
});

describe.each(databases)("killing a secret on $name", ({ open }) => {
  it("ends that one at once, tells every process, and says so in the audit log without its text", async () => {
    const { ctx, close } = await openCtx(open);
    const { app, first } = await create(ctx);
    const second = await rotate(ctx, app, 3600);
    const told: string[] = [];
    ctx.changes.subscribe(({ kind, subjectId }) => told.push(`${kind} ${subjectId}`));
    const doomed = (await listSecrets(ctx, app.id)).find(({ expiresAt }) => expiresAt !== null)!;
    expect(await inTx(ctx, (tx) => killSecret(tx, app.id, doomed.id, maya))).toEqual(doomed);
    expect(await good(ctx, app, [first, second])).toEqual([false, true]);
    expect(told).toEqual([`app ${app.id}`]);
    const log = await query(ctx, (db) => db.selectFrom("audit_log").selectAll().orderBy("id"));
    expect(log.map((row) => row.action)).toEqual(["app.created", "app.secret_rotated", "app.secret_killed"]);
    expect(JSON.stringify(log)).not.toContain(first.slice(4));
    expect(JSON.stringify(log)).not.toContain(second.slice(4));
    await close();
  });

  it("touches no other app's, and nothing for an id that is none", async () => {
    const { ctx, close } = await openCtx(open);
    const { app, first } = await create(ctx);
    const { app: other } = await create(ctx, { name: "Quarry" });
    const [secret] = await listSecrets(ctx, app.id);
    for (const [appId, id] of [
      [other.id, secret!.id],
      [app.id, "sec_"],
      [app.id, `sec_${"0".repeat(26)}`],
      [app.id, sha256Hex(first)],
    ] as const) {
      expect(await inTx(ctx, (tx) => killSecret(tx, appId, id, maya))).toBeUndefined();
    }
    expect(await good(ctx, app, [first])).toEqual([true]);
    await close();
  });
});
