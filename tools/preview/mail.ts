import { renderAccountEmail } from "../../packages/server/src/interaction/pages/account-email.ts";
import { renderAccountPassword } from "../../packages/server/src/interaction/pages/account-password.ts";
import { renderOutbox } from "../../packages/server/src/interaction/pages/dev-outbox.ts";
import { renderEmailAsk, renderEmailCode } from "../../packages/server/src/interaction/pages/email-code.ts";
import {
  renderReset,
  renderResetAsk,
  renderResetDone,
} from "../../packages/server/src/interaction/pages/password-reset.ts";
import { renderSignIn } from "../../packages/server/src/interaction/pages/sign-in.ts";
import type { SecurityEventKind } from "../../packages/server/src/ui/index.ts";
import { eventMail } from "../../packages/server/src/ui/mail/event-mail.ts";
import type { MailText } from "../../packages/server/src/ui/mail/mail-text.ts";
import { renderMail } from "../../packages/server/src/ui/mail/render-mail.ts";
import { storyteller } from "./apps.ts";
import { frame, longBrand, person } from "./frame.ts";

const csrf = "7b1f";
const email = "maya@fennick.example";
const waiting = { csrf, request: "sealed-request" };
const sent = { ...waiting, email, codeId: "otc_1" };
const long = "maya.fennick-of-the-long-house.and.its.many.rooms@correspondence.fennick-and-daughters.example";
const room = { person, csrf, email, verified: false, fresh: true, byMail: true };
const { text, brand } = frame;
const { mails, securityEvents, accountDeletion } = text;
const { name } = brand;
const { label, ...confirm } = mails.emailCode(name, "maya");
const detail = { device: "Firefox, Linux", name: "Maya’s phone", provider: "Fennick School", app: "Storyteller" };
const at = frame.now;
const events = (Object.keys(securityEvents.kinds) as SecurityEventKind[]).map(
  (kind) =>
    [kind.replaceAll("_", "-"), eventMail(text, { platform: name, username: "maya", kind, detail, at })] as const,
);
const spoken = { language: text.language, direction: text.direction };

const letters: Record<string, MailText> = {
  "sign-in-code": { ...spoken, ...mails.signInCode(name), code: "493817" },
  "email-code": { ...spoken, ...confirm, code: "493817", link: { path: "/account/profile/email", label } },
  "email-taken": { ...spoken, ...mails.emailTaken(name) },
  "email-replaced": { ...spoken, ...mails.emailReplaced(name, "maya") },
  "password-reset-code": { ...spoken, ...mails.passwordResetCode(name), code: "493817" },
  "account-deleted": { ...spoken, ...accountDeletion.farewell(name) },
  ...Object.fromEntries(events),
};

const from = { brand, issuer: "https://id.acme.example" };
const outbox = Object.entries(letters).map(([id, letter]) => ({
  id,
  to: email,
  subject: letter.subject,
  text: renderMail(from, letter).text,
  createdAt: frame.now,
}));

const pages = {
  "sign-in-by-mail": renderSignIn(frame, { csrf, canReset: true }),
  "email-code-ask": renderEmailAsk(frame, { ...waiting, app: storyteller }),
  "email-code-ask-address": renderEmailAsk(frame, { ...waiting, email: "maya", problem: { kind: "address" } }),
  "email-code-ask-wait": renderEmailAsk(longBrand, { csrf, email, problem: { kind: "wait", milliseconds: 400_000 } }),
  "email-code": renderEmailCode(frame, { ...sent, app: storyteller }),
  "email-code-wrong": renderEmailCode(frame, { ...sent, problem: { kind: "wrong" } }),
  "email-code-dead": renderEmailCode(longBrand, { ...sent, email: long, problem: { kind: "dead" } }),
  "password-reset-ask": renderResetAsk(frame, waiting),
  "password-reset": renderReset(frame, sent),
  "password-reset-common": renderReset(frame, { ...sent, passwordError: "common" }),
  "password-reset-done": renderResetDone(frame, {}),
  "account-email": renderAccountEmail(frame, room),
  "account-email-pending": renderAccountEmail(frame, { ...room, pending: email }),
  "account-email-wrong": renderAccountEmail(frame, { ...room, pending: email, problem: { kind: "wrong" } }),
  "account-email-taken": renderAccountEmail(frame, { ...room, problem: { kind: "taken" } }),
  "account-email-confirmed": renderAccountEmail(frame, { ...room, verified: true, confirmed: true }),
  "account-email-stale": renderAccountEmail(frame, { ...room, verified: true, fresh: false }),
  "account-email-long": renderAccountEmail(longBrand, { ...room, email: long, pending: long, verified: true }),
  "account-email-none": renderAccountEmail(frame, { ...room, email: null, byMail: false }),
  "account-password": renderAccountPassword(frame, { person, csrf, hasPassword: true, fresh: false }),
  "account-password-wrong": renderAccountPassword(frame, {
    ...{ person, csrf, hasPassword: true, fresh: true },
    problem: { kind: "wrong" },
  }),
  "account-password-first": renderAccountPassword(frame, { person, csrf, hasPassword: false, fresh: true }),
  "account-password-first-stale": renderAccountPassword(frame, { person, csrf, hasPassword: false, fresh: false }),
  "account-password-changed": renderAccountPassword(frame, {
    person,
    csrf,
    hasPassword: true,
    fresh: true,
    changed: true,
  }),
  "dev-outbox": renderOutbox(frame, outbox),
  "dev-outbox-empty": renderOutbox(frame, []),
};

/** What comes by mail, as programs show it that know HTML. */
const mailPages = Object.entries(letters).map(([kind, letter]) => [`mail-${kind}`, renderMail(from, letter).html]);
const longMail = renderMail({ ...from, brand: longBrand.brand }, letters["email-code"]!).html;

export const mailPreviews: Readonly<Record<string, string>> = {
  ...pages,
  ...Object.fromEntries(mailPages),
  "mail-long-brand": longMail,
};
