import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { creditAccount } from "../../src/accounts/index.ts";
import { shareApp } from "../../src/apps/index.ts";
import { inTx } from "../../src/context.ts";
import { recordAudit } from "../../src/events/index.ts";
import { changeAvatar, createCode, findUser, insertIdentity, startSession } from "../../src/people/index.ts";
import { exportPart } from "../../src/personal-data/index.ts";
import { query, type Schema } from "../../src/store/index.ts";
import { databases } from "../../src/testing/databases.ts";
import { giveTotp } from "../authenticator.ts";
import { openWorld, type World } from "./openapi-world.ts";

type Row = Record<string, unknown>;
/** Where the rows of somebody stand in the export, and which columns are left out; or why the table is. */
type Judged = { section: string; without?: readonly string[] } | { why: string };

const secret = (...columns: string[]) => columns;

/** Complete by its type: a new table must be judged before it is stored into. */
const judged: Record<keyof Schema, Judged> = {
  users: {
    section: "account",
    without: [
      ...secret("password_hash"),
      ...["username_key", "email_key", "generation", "deletion_due_at", "deleted_at", "disabled_at"],
    ],
  },
  avatars: { section: "pictures" },
  sessions: { section: "sessions", without: [...secret("id", "device_id"), "user_id", "user_generation"] },
  passkeys: {
    section: "passkeys",
    without: ["user_id", "credential_id", "kind", "counter", "transports", "synced_at"],
  },
  totp_keys: {
    section: "authenticators",
    without: [...secret("secret_sealed", "stamp"), "user_id", "last_step", "attempts_until"],
  },
  recovery_codes: { section: "recovery_codes", without: [...secret("code_hash"), "user_id"] },
  identities: { section: "identities" },
  signature_keys: { section: "hotkeys" },
  devices: { section: "devices", without: [...secret("id"), "user_id"] },
  security_events: { section: "security_events" },
  one_time_codes: {
    section: "codes_sent",
    without: [...secret("id", "code_hash"), "user_id", "attempts_left", "expires_at", "used_at"],
  },
  workspaces: { section: "workspaces" },
  wallets: { section: "wallets" },
  grants: { section: "authorizations" },
  budgets: { section: "budgets" },
  token_families: { section: "app_sign_ins" },
  api_keys: { section: "keys", without: [...secret("secret_hash"), "user_id", "user_generation", "app_generation"] },
  apps: {
    section: "apps",
    without: [
      ...secret("webhook_secret_sealed"),
      ...["owner_id", "name_key", "generation", "listed_at", "identity_only_at", "budget_proposal", "logo_id"],
      ...["refresh_token_lifetime_days", "id_token_signed_response_alg", "access_token_format", "pkce_waived_at"],
      ...["post_logout_redirect_uris", "face_changed_at", "blocked_at"],
      ...["domain_verified_at", "domain_checked_at", "domain_failures"],
    ],
  },
  app_shares: { section: "apps_shared_with_you" },
  holds: { section: "calls" },
  entries: { section: "entries" },
  audit_log: { section: "audit_log" },

  members: { why: "says whose a workspace is, which the section of workspaces does" },
  budget_windows: { why: "sums of the calls" },
  app_secrets: { why: "hashes of secrets" },
  app_names: { why: "the names of the section of apps, once more" },
  app_owners: { why: "how many apps the section of apps has" },
  app_search: { why: "the words of the section of apps, once more" },
  app_logos: { why: "of an app, and served to everybody at its address" },
  webhook_events: { why: "what apps are told; it names people by their number alone, and is forgotten" },
  device_requests: { why: "of a device that waits for minutes; what came of it is a sign-in of an app" },
  mails: { why: "sealed until it was sent, forgotten afterwards" },
  once: { why: "marks of things that count once, by chance or by number" },
  changes: { why: "numbers of what changed in the last moments, for other processes" },
  meta: { why: "of the platform" },
  signing_keys: { why: "of the platform" },
};

const exported = Object.entries(judged).flatMap(([table, how]) =>
  "section" in how ? [{ table: table as keyof Schema, section: how.section, without: how.without ?? [] }] : [],
);

describe.each(databases)("[X07] the export on $name", (database) => {
  let world: World;
  let maya: string;
  let all: Record<string, Row[]>;
  let text: string;

  beforeAll(async () => {
    world = await openWorld(database);
    const { platform } = world;
    const { ctx } = platform;
    maya = platform.maya.id;
    await giveTotp(platform, maya);
    await inTx(ctx, async (tx) => {
      await insertIdentity(tx, { provider: "school", subject: "s-1", userId: maya, label: "maya at school" });
      await createCode(tx, { kind: "sign_in", userId: maya, target: "maya@fennick.example" });
      await changeAvatar(tx, maya, Buffer.from("picture"));
      await shareApp(tx, { appId: platform.app.id, ownerId: "", userId: maya, role: "viewer", actorId: "usr_kit" });
      await startSession(tx, (await findUser(tx, maya))!, { amr: ["hwk", "user", "mfa"], userAgent: "Firefox" });
    });
    const answer = await platform.fetch("/v1/chat/completions", {
      method: "POST",
      headers: { authorization: `Bearer ${world.maya.key}`, "content-type": "application/json" },
      body: JSON.stringify({ model: "test-model", messages: [{ role: "user", content: "Hello" }], max_tokens: 5 }),
    });
    expect(answer.status).toBe(200);
    await answer.text();
    all = (await exportPart(ctx, maya)) as unknown as Record<string, Row[]>;
    text = JSON.stringify(all);
  });
  afterAll(() => world.close());

  it.each(exported)("holds what $table says of somebody, column by column", async ({ table, section, without }) => {
    const rows = all[section];
    expect([section, rows?.length]).not.toEqual([section, 0]);
    const [stored] = (await query(world.platform.ctx, (db) => db.selectFrom(table).selectAll().limit(1))) as Row[];
    const missing = Object.keys(stored!).filter((column) => !(column in rows![0]!));
    expect(missing.sort()).toEqual([...without].sort());
  });

  it("has no section that is nobody's", () => {
    const sections = Object.keys(all).filter((name) => !name.startsWith("next_"));
    expect(sections.sort()).toEqual(exported.map(({ section }) => section).sort());
  });

  it("names nobody else's address, key or secret", async () => {
    const { ctx } = world.platform;
    const others = await query(ctx, (db) => db.selectFrom("users").selectAll().where("id", "!=", maya));
    for (const { email, username } of others) {
      expect(text).not.toContain(email);
      expect(text).not.toContain(`"${username}"`);
    }
    for (const column of ["_hash", "_sealed", "stamp"]) expect(text).not.toContain(column);
    const hashes = await query(ctx, (db) => db.selectFrom("api_keys").select("secret_hash"));
    for (const { secret_hash } of hashes) expect(text).not.toContain(secret_hash);
  });

  it("tells what the log says: one's own deeds, and what was done by whom without a name", async () => {
    const { platform } = world;
    const { ctx } = platform;
    const [olga] = await query(ctx, (db) => db.selectFrom("users").select("id").where("role", "=", "operator"));
    const actor = { userId: olga!.id, keyId: "key_of_olga" };
    const before = await exportPart(ctx, maya);
    await inTx(ctx, (tx) =>
      creditAccount(tx, actor, { userId: maya, amountMicros: 1_000_000, reference: "for the export" }),
    );
    await inTx(ctx, (tx) => recordAudit(tx, { actorId: olga!.id, action: "user.disabled", subjectId: "usr_other" }));
    const after = await exportPart(ctx, maya);
    expect(after.audit_log).toHaveLength(before.audit_log.length + 1);
    expect(after.audit_log[0]).toMatchObject({
      action: "wallet.credited",
      actor_id: "operator",
      subject_id: maya,
      detail: { wallet_id: platform.maya.workspaceId, amount_micros: 1_000_000 },
    });
    const told = JSON.stringify(after);
    for (const theirs of [olga!.id, "key_of_olga", "usr_other"]) expect(told).not.toContain(theirs);
    const own = after.audit_log.filter(({ actor_id }) => actor_id === maya).map(({ action }) => action);
    expect(own).toEqual(expect.arrayContaining(["consent.given", "app.created", "hotkey.linked", "totp.added"]));
  });

  it("goes through a long log in parts, and misses no line", async () => {
    const { ctx } = world.platform;
    const crowd = Array.from({ length: 1300 }, (_, line) => ({
      id: ctx.random.id("aud"),
      actor_id: line % 3 === 0 ? "usr_crowd" : maya,
      action: "test.line",
      subject_id: line % 2 === 0 ? maya : `line_${line}`,
      detail: "{}",
      created_at: ctx.clock.now(),
    }));
    await inTx(ctx, (tx) => query(tx, (db) => db.insertInto("audit_log").values(crowd).returning("id")));
    const lines: Row[] = [];
    let parts = 0;
    for (let place: string | null | undefined; place !== null; parts++) {
      const part = await exportPart(ctx, maya, place === undefined ? {} : { audit_log: place });
      lines.push(...part.audit_log);
      place = part.next_audit_log;
    }
    expect(parts).toBe(3);
    const stored = await query(ctx, (db) =>
      db
        .selectFrom("audit_log")
        .select("id")
        .where(({ eb, or }) => or([eb("actor_id", "=", maya), eb("subject_id", "=", maya)]))
        .orderBy("id", "desc"),
    );
    expect(lines.map(({ id }) => id)).toEqual(stored.map(({ id }) => id));
  });
});
