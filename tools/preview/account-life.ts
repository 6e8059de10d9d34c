import { renderDeleteAccount } from "../../packages/server/src/interaction/pages/delete-account.ts";
import { renderLeaving, renderLeft } from "../../packages/server/src/interaction/pages/leaving.ts";
import { renderPostalAddress } from "../../packages/server/src/interaction/pages/postal-address.ts";
import { renderProfileEdit } from "../../packages/server/src/interaction/pages/profile-edit.ts";
import { renderSessions, type SessionsProps } from "../../packages/server/src/interaction/pages/sessions.ts";
import { frame, person } from "./frame.ts";

const csrf = "7b1f";
const minute = 60_000;
const day = 86_400_000;

const here = {
  id: "ses_1",
  device: "Firefox, Linux",
  place: null,
  authenticatedAt: frame.now - 12 * minute,
  lastUsedAt: frame.now - minute / 2,
  isCurrent: true,
};

const sessions: SessionsProps = {
  person,
  csrf,
  sessions: [
    here,
    {
      ...here,
      id: "ses_2",
      device: "Safari, iPhone",
      place: "Germany",
      authenticatedAt: frame.now - 9 * day,
      lastUsedAt: frame.now - day,
      isCurrent: false,
    },
    {
      ...here,
      id: "ses_3",
      device: "",
      authenticatedAt: frame.now - 40 * day,
      lastUsedAt: frame.now - 3 * day,
      isCurrent: false,
    },
  ],
  events: [
    { id: "sev_5", kind: "new_device", detail: { device: "Firefox, Linux" }, createdAt: frame.now - 12 * minute },
    { id: "sev_4", kind: "failed_attempts", detail: {}, createdAt: frame.now - 2 * day },
    { id: "sev_3", kind: "passkey_added", detail: { name: "Maya’s phone" }, createdAt: frame.now - 9 * day },
    { id: "sev_2", kind: "cap_raised", detail: { app: "Storyteller" }, createdAt: frame.now - 20 * day },
    { id: "sev_1", kind: "of_a_later_version", detail: {}, createdAt: frame.now - 40 * day },
  ],
  older: "sev_1",
};

const deletion = {
  person,
  csrf,
  username: "maya",
  graceDays: 14,
  hasPassword: true,
  fresh: true,
  isLastOperator: false,
};
const editing = { person, csrf, name: "Maya Okafor", nickname: "May", locale: "de" };
const writing = {
  person,
  csrf,
  parts: {
    street_address: "Fennick House\n12 Tulip Lane",
    postal_code: "BS1 4QA",
    locality: "Bristol",
    country: "United Kingdom",
  },
  isStored: true,
};
const leaving = { csrf, username: "maya", dueAt: frame.now + 12 * day };

/** Sessions, the profile, and leaving. */
export const accountLifePreviews: Readonly<Record<string, string>> = {
  sessions: renderSessions(frame, sessions),
  "sessions-one": renderSessions(frame, {
    ...sessions,
    sessions: [here],
    events: [],
    older: undefined,
    ended: "others",
  }),
  "profile-edit": renderProfileEdit(frame, editing),
  "profile-edit-wrong": renderProfileEdit(frame, { ...editing, name: "", problem: "name" }),
  "profile-edit-picture": renderProfileEdit(frame, { ...editing, problem: "picture" }),
  "postal-address": renderPostalAddress(frame, { ...writing, parts: {}, isStored: false }),
  "postal-address-saved": renderPostalAddress(frame, { ...writing, saved: true }),
  "postal-address-wrong": renderPostalAddress(frame, { ...writing, wrong: "locality" }),
  "delete-account": renderDeleteAccount(frame, deletion),
  "delete-account-wrong": renderDeleteAccount(frame, { ...deletion, problem: { kind: "wrong" } }),
  "delete-account-last": renderDeleteAccount(frame, { ...deletion, isLastOperator: true }),
  "delete-account-stale": renderDeleteAccount(frame, { ...deletion, hasPassword: false, fresh: false }),
  "account-left": renderLeft(frame, leaving),
  "account-leaving": renderLeaving(frame, leaving),
  "account-leaving-late": renderLeaving(frame, { ...leaving, late: true }),
};
