import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Ctx, inTx } from "../context.ts";
import type { Log } from "../kernel/log.ts";
import { openStore, query } from "../store/index.ts";
import { localhost } from "../testing/certificate.ts";
import { type ManualClock, manualClock } from "../testing/clock.ts";
import { databases } from "../testing/databases.ts";
import { type MailServer, openMailServer } from "../testing/mail-server.ts";
import { type OpenCtx, openCtx } from "../testing/open-ctx.ts";
import type { Mail } from "./mail.ts";
import { createPostman } from "./postman.ts";
import { forgetOldMails, listOutbox, queueMail } from "./queue.ts";

const minute = 60_000;
const hour = 60 * minute;
const mail: Mail = {
  to: "maya@fennick.example",
  kind: "sign_in_code",
  text: { subject: "Your code", lines: ["Type it in <here>."], code: "493817", ending: "Not you? Do nothing." },
};

describe.each(databases)("the postman on $name", ({ open }) => {
  let house: OpenCtx;
  let clock: ManualClock;
  let server: MailServer;
  let logged: string[];

  beforeEach(async () => {
    clock = manualClock();
    [house, server, logged] = [await openCtx(open, { clock }), await openMailServer(), []];
  });
  afterEach(async () => {
    await server.close();
    await house.close();
  });

  function ctxWith(smtpUrl: string | undefined, issuer = house.ctx.config.issuer): Ctx {
    const note = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
    const log: Log = { debug: note, info: note, warn: note, error: note };
    return {
      ...house.ctx,
      log,
      config: { ...house.ctx.config, issuer, mail: { from: "Acme <no-reply@acme.example>", smtpUrl } },
    };
  }
  const queue = (ctx: Ctx, more: Partial<Mail> = {}) => inTx(ctx, (tx) => queueMail(tx, { ...mail, ...more }));
  async function walk(ctx: Ctx): Promise<void> {
    const postman = createPostman(ctx);
    await postman.begin();
    await postman.idle();
  }
  const rows = () => query(house.ctx, (db) => db.selectFrom("mails").selectAll());

  it("[V01] brings a letter in two forms, and forgets what it said", async () => {
    const ctx = ctxWith(server.url);
    await queue(ctx);
    expect(JSON.stringify(await rows())).not.toMatch(/493817|fennick|Your code/);
    await walk(ctx);
    const [letter] = server.letters;
    expect(letter).toMatchObject({ from: "no-reply@acme.example", to: "maya@fennick.example" });
    expect(letter!.data).toMatch(/^Subject: Your code$/m);
    expect(letter!.data).toMatch(/^From: Acme <no-reply@acme\.example>$/m);
    expect(letter!.data).toMatch(/^Auto-Submitted: auto-generated$/m);
    expect(letter!.data).toMatch(/^Message-ID: <mail_\w+@id\.acme\.example>$/m);
    expect(letter!.data).toMatch(/^Date: Thu, 15 Jan 2026 12:00:00 \+0000$/m);
    expect(letter!.data).toContain("Content-Type: text/plain");
    expect(letter!.data).toContain("Content-Type: text/html");
    expect(letter!.data.match(/493817/g)).toHaveLength(2);
    expect(letter!.data).toContain("Type it in &lt;here&gt;.");
    expect(await rows()).toMatchObject([{ content_sealed: null, sent_at: clock.now(), gave_up_at: null }]);
    await walk(ctx);
    expect(server.letters).toHaveLength(1);
  });

  it("brings nothing that was rolled back, that is for nobody, or that nobody could use any more", async () => {
    const ctx = ctxWith(server.url);
    await inTx(ctx, async (tx) => {
      await queueMail(tx, mail);
      return { ok: false };
    });
    await inTx(ctx, (tx) => queueMail(tx, mail, { toNobody: true }));
    await queue(ctx, { usefulUntil: clock.now() + minute });
    clock.advance(minute);
    await walk(ctx);
    expect(server.letters).toEqual([]);
    expect((await rows()).every((row) => row.gave_up_at !== null)).toBe(true);
  });

  it("gives up at once what the server refuses for good, and repeats no address", async () => {
    const ctx = ctxWith(server.url);
    await queue(ctx);
    server.refusals.set("RCPT", "550 5.1.1 <maya@fennick.example> nobody of that name");
    await walk(ctx);
    expect(await rows()).toMatchObject([
      { content_sealed: null, gave_up_at: clock.now(), last_error: "EENVELOPE 550" },
    ]);
    expect(logged).toEqual([expect.stringContaining("a mail was given up")]);
    expect(logged.join()).not.toMatch(/fennick|493817/);
  });

  it("tries again later what the server does not take now", async () => {
    const ctx = ctxWith(server.url);
    await queue(ctx);
    server.refusals.set("RCPT", "451 later");
    await walk(ctx);
    server.refusals.clear();
    await walk(ctx);
    expect(server.letters).toHaveLength(0);
    clock.advance(15_000);
    await walk(ctx);
    expect(server.letters).toHaveLength(1);
  });

  it("[V03] waits longer and longer for a dead server, and gives up after a day with a warning", async () => {
    const ctx = ctxWith(server.url);
    await server.close();
    await queue(ctx);
    for (let passed = 0; passed < 25 * hour; passed += 15 * minute) {
      await walk(ctx);
      clock.advance(15 * minute);
    }
    const [row] = await rows();
    expect(row).toMatchObject({ content_sealed: null, sent_at: null, last_error: "ESOCKET" });
    expect(row!.gave_up_at! - row!.created_at).toBeGreaterThan(22 * hour);
    expect(row!.attempts).toBeLessThan(35);
    expect(logged.filter((line) => line.includes("a mail was given up"))).toHaveLength(1);
    expect(logged.join()).not.toMatch(/fennick|493817/);
  });

  it("[V04] says nothing in clear to a server that offers no encryption or proves nothing, where encryption is due", async () => {
    const proud = server.url.replace("smtp://", "smtp://acme:geheim@");
    const plain = ctxWith(`${proud}?tls=required`);
    await queue(plain);
    await walk(plain);
    expect(server.inClear.map((line) => line.split(" ")[0])).not.toContain("AUTH");
    const impostor = await openMailServer(localhost);
    clock.advance(hour);
    await walk(ctxWith(`smtp://acme:geheim@127.0.0.1:${impostor.port}?tls=required`));
    expect([...server.letters, ...impostor.letters]).toEqual([]);
    expect(impostor.inClear.join()).not.toMatch(/AUTH|fennick/);
    expect(await rows()).toMatchObject([{ attempts: 2, sent_at: null, gave_up_at: null }]);
    await impostor.close();
  });

  it("gives password and letter to a server that proves its name", async () => {
    const trusted = getCACertificates("default");
    setDefaultCACertificates([localhost.cert]);
    const proper = await openMailServer(localhost);
    const ctx = ctxWith(`smtp://acme:geheim@127.0.0.1:${proper.port}?tls=required`);
    await queue(ctx);
    await walk(ctx);
    setDefaultCACertificates(trusted);
    expect(proper.letters).toMatchObject([{ encrypted: true, to: "maya@fennick.example" }]);
    expect(proper.inClear).toEqual([expect.stringMatching(/^EHLO /), "STARTTLS"]);
    await proper.close();
  });

  it("[V02] never brings one twice, however many set out at once", async () => {
    const ctx = ctxWith(server.url);
    const other = await openStore({ url: house.url, clock, random: ctx.random });
    for (let count = 0; count < 30; count++) await queue(ctx, { to: `reader${count}@fennick.example` });
    const [one, two] = [createPostman(ctx), createPostman({ ...ctx, db: other.db })];
    while (server.letters.length < 30) {
      await Promise.all([one.begin(), two.begin(), two.begin()]);
      await Promise.all([one.idle(), two.idle()]);
    }
    await Promise.all([walk(ctx), walk({ ...ctx, db: other.db })]);
    expect(new Set(server.letters.map(({ to }) => to)).size).toBe(30);
    expect(server.letters).toHaveLength(30);
    await other.close();
  });

  it("takes up a letter whose process died, once its lease is over", async () => {
    const ctx = ctxWith(server.url);
    await queue(ctx);
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const arrived = new Promise<void>((resolve) => {
      server.onLetter = async () => {
        resolve();
        await gate;
      };
    });
    const dying = createPostman(ctx);
    await dying.begin();
    await arrived;
    await walk(ctx);
    expect(server.letters).toHaveLength(0);
    server.onLetter = () => {};
    clock.advance(3 * minute);
    await walk(ctx);
    expect(server.letters).toHaveLength(1);
    // The one that came back to life decides nothing any more.
    const [before] = await rows();
    release();
    await dying.idle();
    expect(await rows()).toEqual([before]);
  });

  it("has nothing to do without a mail server: a development machine reads its outbox, others write nothing", async () => {
    const development = ctxWith(undefined, "http://localhost:8420");
    await queue(ctxWith(undefined));
    expect(await rows()).toEqual([]);
    await queue(development);
    await inTx(development, (tx) => queueMail(tx, mail, { toNobody: true }));
    await walk(development);
    expect(await listOutbox(development)).toMatchObject([mail]);
    expect(await listOutbox(ctxWith(undefined))).toEqual([]);
    expect(await listOutbox(ctxWith(server.url, "http://localhost:8420"))).toEqual([]);
    clock.advance(8 * 24 * hour);
    expect(await inTx(development, forgetOldMails)).toBe(2);
  });
});
