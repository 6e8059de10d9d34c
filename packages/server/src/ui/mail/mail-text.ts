/** What a mail says, in one language. It is laid out when it is sent. */
export interface MailText {
  /** BCP 47. @default "en" */
  language?: string;
  /** @default "ltr" */
  direction?: string;
  subject: string;
  /** Paragraphs. */
  lines: readonly string[];
  /** A code to type in, in large figures. */
  code?: string;
  /** A page of ours. Its path holds nothing that opens anything. */
  link?: { path: string; label: string };
  /** Small print: what to do when the reader did not ask for this. */
  ending?: string;
}
