import type { SecurityEventKind, Text } from "../text/index.ts";
import { momentText } from "../time-text.ts";
import type { MailText } from "./mail-text.ts";

export interface MailedEvent {
  platform: string;
  username: string;
  kind: SecurityEventKind;
  detail: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  at: number;
}

/** The mail about something that happened to an account, with the way to the list of all of it. */
export function eventMail(text: Text, { platform, username, kind, detail, at }: MailedEvent): MailText {
  const { language, direction, securityEvents: words } = text;
  const { listed, subject } = words.kinds[kind];
  return {
    language,
    direction,
    subject: subject(platform),
    lines: [
      words.mailLine(username, listed(detail), momentText(at, language)),
      ...(kind === "deletion_requested" ? [words.mailKept] : []),
    ],
    link: { path: "/account/sessions", label: words.mailLink },
    ending: words.mailEnding,
  };
}
