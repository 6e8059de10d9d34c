import { renderOperatorAudit } from "../../packages/server/src/interaction/pages/operator-audit.ts";
import type { Staff } from "../../packages/server/src/interaction/pages/operator-frame.ts";
import { renderOperatorLedger } from "../../packages/server/src/interaction/pages/operator-ledger.ts";
import {
  type OperatorUserProps,
  renderOperatorUser,
} from "../../packages/server/src/interaction/pages/operator-user.ts";
import { renderOperatorUsers, type UserFace } from "../../packages/server/src/interaction/pages/operator-users.ts";
import { frame, person } from "./frame.ts";

const staff: Staff = { person, rooms: ["users", "audit", "ledger"] };
const day = (date: number) => Date.UTC(2026, 10, date, 14, 20);
const ids = { maya: "usr_01kf0rdqg0eaarygzd0ntee9c7", olga: "usr_01kf0rdqg0eaf8bebxhhvqfzj6" };
const wallet = "ws_01kf0rdqg0eafsq5j3ynqd7qce";

const maya: UserFace = {
  id: ids.maya,
  username: "maya",
  displayName: "Maya Lindqvist",
  email: "maya@fennick.example",
  emailVerified: true,
  role: "user",
  state: "active",
  createdAt: day(2),
};

const users: UserFace[] = [
  { ...maya, id: ids.olga, username: "olga", email: "olga@acme.example", role: "operator", createdAt: day(20) },
  maya,
  { ...maya, id: "usr_3", username: "mayfly-with-a-long-username", email: null, state: "disabled" },
  { ...maya, id: "usr_4", username: "mayor", email: "mayor@fennick.example", state: "leaving", role: "support" },
];

const sheet: OperatorUserProps = {
  staff,
  user: {
    ...maya,
    ways: { password: true, passkeys: 2, hotkeys: 0, providers: ["Fennick School"] },
    secondFactor: { recoveryCodes: 8 },
    sessions: 3,
    wallet: { id: wallet, balanceMicros: 17_290_000, heldMicros: 4_000 },
    apps: [{ name: "Storyteller", scopes: ["openid", "profile", "gateway:access"], since: day(8) }],
  },
  change: { csrf: "7b1f", fresh: true, isSelf: false, once: "q7Yw1mJ3l0cB8Z2tq5aVxk" },
};

const lines = [
  { id: "aud_3", at: day(21), actor: ids.olga, action: "wallet.credited", subject: ids.maya },
  { id: "aud_2", at: day(20), actor: "system", action: "user.role_changed", subject: ids.olga },
  { id: "aud_1", at: day(19), actor: ids.maya, action: "consent.given", subject: "grt_01kf0rdqg0eafsq5j3ynqd7qce" },
].map((line, index) => ({
  ...line,
  detail: [`{"wallet_id":"${wallet}","amount_micros":2500000}`, '{"from":"user","to":"operator"}', "{}"][index]!,
}));

const entries = [
  {
    seq: 2,
    kind: "charge",
    from: `wallet:${wallet}`,
    to: "platform:revenue",
    amountMicros: 13_200,
    balanceAfterMicros: 17_290_000,
  },
  {
    seq: 1,
    kind: "credit",
    from: "platform:credit",
    to: `wallet:${wallet}`,
    amountMicros: 12_303_200,
    balanceAfterMicros: 17_303_200,
  },
  {
    seq: 0,
    kind: "credit",
    from: "platform:credit",
    to: `wallet:${wallet}`,
    amountMicros: 5_000_000,
    balanceAfterMicros: 5_000_000,
  },
].map((entry) => ({ ...entry, at: day(20 + entry.seq), reference: "hld_1" }));

const refused: OperatorUserProps = {
  ...sheet,
  refused: "invalid_amount",
  change: { ...sheet.change!, amount: "twelve" },
};

export const operatorPreviews: Readonly<Record<string, string>> = {
  "operator-users": renderOperatorUsers(frame, { staff, words: "may", users, olderBefore: "usr_4" }),
  "operator-users-nobody": renderOperatorUsers(frame, { staff, words: "%", users: [] }),
  "operator-user": renderOperatorUser(frame, { ...sheet, done: "credited" }),
  "operator-user-refused": renderOperatorUser(frame, refused),
  "operator-user-support": renderOperatorUser(frame, {
    ...sheet,
    staff: { person, rooms: ["users"] },
    change: undefined,
  }),
  "operator-user-stale": renderOperatorUser(frame, { ...sheet, change: { ...sheet.change!, fresh: false } }),
  "operator-audit": renderOperatorAudit(frame, { staff, asked: { subject: ids.maya }, lines, olderBefore: "aud_1" }),
  "operator-audit-empty": renderOperatorAudit(frame, { staff, asked: { action: "x" }, lines: [] }),
  "operator-ledger": renderOperatorLedger(frame, {
    staff,
    wallet,
    found: { balanceMicros: 17_290_000, heldMicros: 4_000, entries },
    before: "3",
  }),
  "operator-ledger-unknown": renderOperatorLedger(frame, { staff, wallet: "ws_nobody" }),
};
