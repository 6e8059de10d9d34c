import type { Config } from "../config/config.ts";
import { isLoopbackHost } from "../kernel/url.ts";

/** A mail as it goes over the wire. */
export interface Letter {
  id: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  /** Epoch milliseconds. */
  writtenAt: number;
}

export type Delivery = { ok: true } | { ok: false; error: string; hopeless: boolean };

/** Hands letters to the operator's mail server. */
export interface Transport {
  send(letter: Letter): Promise<Delivery>;
}

/** Each step of the conversation. All of them together end well within a lease. */
const stepMs = 10_000;

export async function openTransport({ mail, issuer }: Config, smtpUrl: string): Promise<Transport> {
  // Not before the first letter: most processes of a quiet night write none.
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({
    ...readSmtpUrl(smtpUrl),
    name: new URL(issuer).hostname,
    connectionTimeout: stepMs,
    greetingTimeout: stepMs,
    dnsTimeout: stepMs,
    socketTimeout: stepMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ id, to, writtenAt, ...content }) {
      try {
        await transport.sendMail({
          ...content,
          from: readSender(mail.from),
          to: { name: "", address: to },
          date: new Date(writtenAt),
          // The same at each attempt, so that a mail that came twice can be known as one.
          messageId: `<${id}@${new URL(issuer).hostname}>`,
          // RFC 3834 5: no machine answers it.
          headers: { "Auto-Submitted": "auto-generated" },
        });
        return { ok: true };
      } catch (error) {
        return readFailure(error);
      }
    },
  };
}

/**
 * `smtp://user:password@host:587` or `smtps://…:465`. Codes do not travel in clear: `smtp:` demands STARTTLS, unless the
 * server is this machine or the address ends in `?tls=optional`.
 */
export function readSmtpUrl(text: string) {
  const url = new URL(text);
  const secure = url.protocol === "smtps:";
  const optional = url.searchParams.get("tls") ?? (isLoopbackHost(url.hostname) ? "optional" : "required");
  const user = decodeURIComponent(url.username);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: !secure && optional !== "optional",
    opportunisticTLS: optional === "optional",
    ...(user !== "" && { auth: { user, pass: decodeURIComponent(url.password) } }),
  };
}

/** In parts: a name may hold commas, which would make several senders of it. */
export function readSender(from: string): { name: string; address: string } {
  const [, name = "", address = from] = /^(.*?)\s*<([^<>]+)>\s*$/.exec(from) ?? [];
  return { name: name.replace(/^"(.*)"$/, "$1"), address: address.trim() };
}

/** Without the server's own words, which repeat the address. */
function readFailure(error: unknown): Delivery {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const words = [code, responseCode].filter((word) => typeof word === "string" || typeof word === "number");
  // What was said about this one letter is final; a server that is lost, or knows us not, may be mended.
  const isAboutLetter = code === "EENVELOPE" || code === "EMESSAGE";
  const hopeless = isAboutLetter && typeof responseCode === "number" && responseCode >= 500;
  return { ok: false, error: words.join(" ") || "The mail server could not be spoken to.", hopeless };
}
