import type { MailText } from "../ui/mail/mail-text.ts";

export interface Mail {
  /** One address, normalised. */
  to: string;
  /** Which mail it is, for the log and the outbox: `sign_in_code`, `password_changed`. */
  kind: string;
  text: MailText;
  /** Epoch milliseconds after which nobody can use it any more, such as the end of a code. */
  usefulUntil?: number;
}

/** A mail as the queue has it. Times are epoch milliseconds. */
export interface QueuedMail {
  id: string;
  contentSealed: string | null;
  createdAt: number;
  attempts: number;
}
