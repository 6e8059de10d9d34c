import { keyScopes } from "../../packages/server/src/consent/index.ts";
import { renderKeyNew } from "../../packages/server/src/interaction/pages/key-new.ts";
import { renderKeyOnce } from "../../packages/server/src/interaction/pages/key-once.ts";
import { renderKeys } from "../../packages/server/src/interaction/pages/keys.ts";
import { frame, person } from "./frame.ts";
import { titled } from "./scopes.ts";

const csrf = "7b1f";
const scopes = keyScopes({ phone: { kind: "development" } }).map(({ name, claims }) => ({
  ...{ name, about: claims.length > 0 },
  title: titled(name as Parameters<typeof titled>[0]).title,
}));
const values = { name: "", scopes: ["gateway:access"], amount: "", period: "month" as const, until: "" };
const form = { person, csrf, fresh: true, scopes, values };
const written = { name: "Nightly reports", scopes: ["gateway:access", "email"], amount: "5.00", until: "2027-02-01" };
const once = { person, issuer: "https://id.acme.example", name: "Laptop", spends: true, cap: null, endsAt: null };
const key = "sk-ik-9f2kq7m1x8c4v6b3n5t0w2z8r7y1p4d6s3h9j0lq";

/** Making a key of one's own. */
export const keyPreviews: Record<string, string> = {
  "key-new": renderKeyNew(frame, form),
  "key-new-stale": renderKeyNew(frame, { ...form, fresh: false }),
  "key-new-faults": renderKeyNew(frame, {
    ...form,
    values: { ...values, ...written, name: "Nightly\u202ereports", amount: "five", until: "2026-02-30" },
    faults: { name: "name", amount: "form", until: "date" },
  }),
  "key-new-nothing": renderKeyNew(frame, { ...form, values: { ...values, scopes: [] }, faults: { scopes: "scopes" } }),
  "key-new-many": renderKeyNew(frame, { ...form, values: { ...values, ...written }, refusal: { kind: "many" } }),
  "key-new-wait": renderKeyNew(frame, {
    ...form,
    values: { ...values, ...written },
    refusal: { kind: "wait", milliseconds: 9000 },
  }),
  "key-once": renderKeyOnce(frame, { ...once, key }),
  "key-once-capped": renderKeyOnce(frame, {
    ...{ ...once, key, name: `Schlüsselbundverwaltungsprogramm${"-zweite-fassung".repeat(2)}` },
    cap: { limitMicros: 5_000_000, period: "month" },
    endsAt: Date.UTC(2027, 1, 1),
  }),
  "key-once-reads": renderKeyOnce(frame, { ...once, key, spends: false }),
  "keys-again": renderKeys(frame, {
    ...{ person, csrf, again: true },
    keys: [{ id: "key_1", name: "Laptop", hint: "sk-ik-…j0lq", createdAt: frame.now, windows: [] }],
  }),
};
