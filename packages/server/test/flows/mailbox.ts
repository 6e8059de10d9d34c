import { type Ctx, inTx } from "../../src/context.ts";
import { createPostman } from "../../src/mail/index.ts";
import { setVerifiedEmail } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import { type MailServer, openMailServer } from "../../src/testing/mail-server.ts";
import type { Platform, PlatformOptions } from "../../src/testing/platform.ts";

export interface Letter {
  to: string;
  subject: string;
  text: string;
}

/** A mail server of the tests, and what it was given to read. */
export interface Mailbox {
  /** The configuration of a platform that sends its mail here. */
  file: NonNullable<PlatformOptions["file"]>;
  server: MailServer;
  /** The letters that came, after everything due was sent. */
  letters(platform: Platform, to?: string): Promise<Letter[]>;
  /** The code in the newest letter to an address. */
  code(platform: Platform, to: string): Promise<string>;
  close(): Promise<void>;
}

export async function openMailbox(): Promise<Mailbox> {
  const server = await openMailServer();
  const box: Mailbox = {
    server,
    file: { mail: { smtpUrl: server.url, from: "Acme <no-reply@acme.example>" } },
    async letters({ ctx }, to) {
      const postman = createPostman(ctx);
      await postman.begin();
      await postman.idle();
      // The platform's own postman may carry one at this moment.
      while (await isUnderWay(ctx)) await new Promise(setImmediate);
      return server.letters.filter((letter) => to === undefined || letter.to === to).map(readLetter);
    },
    async code(platform, to) {
      const letter = (await box.letters(platform, to)).at(-1);
      const code = /^ {4}(\d{6})$/m.exec(letter?.text ?? "")?.[1];
      if (code === undefined) throw new Error(`no code came to ${to}`);
      return code;
    },
    close: () => server.close(),
  };
  return box;
}

async function isUnderWay(ctx: Ctx): Promise<boolean> {
  const waiting = await query(ctx, (db) =>
    db.selectFrom("mails").select("id").where("sent_at", "is", null).where("gave_up_at", "is", null).limit(1),
  );
  return waiting.length > 0;
}

/** Makes the address of a user a proven one. */
export async function proveEmail({ ctx }: Platform, userId: string, email: string): Promise<void> {
  const verdict = await inTx(ctx, (tx) => setVerifiedEmail(tx, userId, email));
  if (!verdict.ok) throw new Error(verdict.why);
}

function readLetter({ to, data }: MailServer["letters"][number]): Letter {
  const subject = /^Subject: (.*(?:\n .*)*)$/m.exec(data)?.[1]?.replaceAll("\n ", " ") ?? "";
  const [, text = ""] = /Content-Type: text\/plain.*?\n\n(.*?)\n----/s.exec(data) ?? [];
  const plain = text
    .replaceAll("=\n", "")
    .replace(/(?:=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll("=", ""), "hex").toString());
  return { to, subject, text: plain };
}
