import { renderAccountEmail } from "../interaction/pages/account-email.ts";
import { renderAccountPassword } from "../interaction/pages/account-password.ts";
import { renderOutbox } from "../interaction/pages/dev-outbox.ts";
import { renderEmailAsk, renderEmailCode } from "../interaction/pages/email-code.ts";
import { renderReset, renderResetAsk, renderResetDone } from "../interaction/pages/password-reset.ts";
import type { Frame } from "../ui/index.ts";

/** Every page of mailed codes, addresses and passwords, with `evil` wherever a stranger's text may stand. */
export function mailPagesWith(evil: string, frame: Frame): Record<string, string> {
  const person = { label: evil, csrf: evil };
  const app = { name: evil, host: evil };
  const waiting = { csrf: evil, request: evil, next: evil, email: evil };
  const room = { person, csrf: evil, email: evil, verified: false, fresh: true, byMail: true };
  const password = { person, csrf: evil, hasPassword: true, fresh: true };
  return {
    "asking for a code": renderEmailAsk(frame, { ...waiting, app, problem: { kind: "address" } }),
    "asking too often": renderEmailAsk(frame, { csrf: evil, problem: { kind: "wait", milliseconds: 1 } }),
    "the code": renderEmailCode(frame, { ...waiting, app, codeId: evil, problem: { kind: "wrong" } }),
    "the code, dead": renderEmailCode(frame, { ...waiting, codeId: evil, problem: { kind: "dead" } }),
    "a forgotten password": renderResetAsk(frame, waiting),
    "a new password": renderReset(frame, { ...waiting, codeId: evil, passwordError: "common" }),
    "a new password, too late": renderReset(frame, { ...waiting, codeId: evil, problem: { kind: "dead" } }),
    "a password replaced": renderResetDone(frame, { request: evil, next: evil }),
    "the address": renderAccountEmail(frame, { ...room, written: evil, problem: { kind: "address" } }),
    "the address, waiting": renderAccountEmail(frame, { ...room, pending: evil, problem: { kind: "wrong" } }),
    "the address, taken": renderAccountEmail(frame, { ...room, verified: true, problem: { kind: "taken" } }),
    "the address, stale": renderAccountEmail(frame, { ...room, verified: true, fresh: false, confirmed: true }),
    "no address": renderAccountEmail(frame, { ...room, email: null, byMail: false }),
    "the password": renderAccountPassword(frame, { ...password, problem: { kind: "wrong" } }),
    "the password, changed": renderAccountPassword(frame, { ...password, changed: true }),
    "the first password": renderAccountPassword(frame, { ...password, hasPassword: false, problem: { kind: "stale" } }),
    "the first password, stale": renderAccountPassword(frame, { ...password, hasPassword: false, fresh: false }),
    outbox: renderOutbox(frame, [{ id: "mail_1", to: evil, subject: evil, text: evil, createdAt: frame.now }]),
    "the outbox, empty": renderOutbox(frame, []),
  };
}
