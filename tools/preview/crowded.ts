import { renderConnectedApps } from "../../packages/server/src/interaction/pages/connected-apps.ts";
import { renderKeys } from "../../packages/server/src/interaction/pages/keys.ts";
import { renderPasskeys } from "../../packages/server/src/interaction/pages/passkeys.ts";
import { renderProfile } from "../../packages/server/src/interaction/pages/profile.ts";
import { renderSessions } from "../../packages/server/src/interaction/pages/sessions.ts";
import { renderSignOut } from "../../packages/server/src/interaction/pages/sign-out.ts";
import { longName } from "./apps.ts";
import { frame, longBrand } from "./frame.ts";
import { titled } from "./scopes.ts";

const csrf = "7b1f";
const day = 86_400_000;
const many = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
/** The longest username, and no address: this is what the bar shows. */
const username = `maya-${"of-the-long-house-".repeat(4)}`.slice(0, 63).replace(/-$/, "");
const person = { label: username, csrf };

const passkey = (index: number) => ({
  id: `pky_${index}`,
  name: index % 3 === 0 ? `the small key number ${index} on the ring with the keys to the cellar` : `Key ${index}`,
  syncedAt: index % 2 === 0 ? frame.now - index * day : null,
  createdAt: frame.now - (index + 1) * 9 * day,
  lastUsedAt: index % 4 === 3 ? null : frame.now - index * day,
});

const session = (index: number) => ({
  id: `ses_${index}`,
  device: ["Firefox, Linux", "Safari, iPhone", "Chrome, Windows", ""][index % 4]!,
  place: index % 2 === 0 ? "Germany" : null,
  authenticatedAt: frame.now - (index + 1) * 2 * day,
  lastUsedAt: frame.now - index * day,
  isCurrent: index === 0,
});

const key = (index: number) => ({
  id: `key_${index}`,
  name: index === 0 ? `Schlüsselbundverwaltungsprogramm${"-zweite-fassung".repeat(2)}` : `Key ${index}`,
  hint: "sk-ik-…4f0Q",
  createdAt: frame.now - (index + 1) * day,
  windows: [],
});

const connected = (index: number) => ({
  grantId: `grt_${index}`,
  app: index % 2 === 0 ? longName : { name: "W".repeat(40), host: "w.example" },
  scopes: (["openid", "profile", "email", "gateway:access", "billing:read", "sessions:write"] as const).map(titled),
  payer: "Personal",
  allowedAt: frame.now - index * day,
  windows: [
    {
      ...{ period: "month" as const, limitMicros: 999_999_990_000, spentMicros: 123_456_780_000, heldMicros: 0 },
      resetsAt: Date.UTC(2026, 11, 1),
    },
  ],
  spentThisMonthMicros: 123_456_780_000,
});

/** Pages of somebody with the longest of names, and more of everything than most. */
export const crowdedPreviews: Readonly<Record<string, string>> = {
  "passkeys-many": renderPasskeys(frame, {
    ...{ person, csrf, fresh: true, accepted: "{}", script: "/assets/passkey.js" },
    passkeys: many(20, passkey),
  }),
  "sessions-many": renderSessions(frame, {
    ...{ person, csrf, sessions: many(30, session) },
    events: many(20, (index) => ({
      id: `sev_${index}`,
      kind: Object.keys(frame.text.securityEvents.kinds)[index]!,
      detail: { device: "Firefox, Linux", name: "Maya’s phone", provider: "Fennick School", app: longName.name },
      createdAt: frame.now - index * day,
    })),
    older: "sev_1",
  }),
  "keys-many": renderKeys(frame, { person, csrf, keys: many(12, key) }),
  "connected-apps-many": renderConnectedApps(frame, { person, csrf, apps: many(6, connected), revoked: [] }),
  "profile-long": renderProfile(longBrand, {
    person,
    user: {
      id: "usr_01jd7q3f9k8h6v2m4n5p6r7s8t",
      name: "Prinzessin Maya Leopoldine von und zu Fennick-Okafor-Lindqvist der Älteren",
      username,
      email: "maya.fennick-of-the-long-house.and.its.many.rooms@correspondence.fennick-and-daughters.example",
      emailVerified: true,
      createdAt: Date.UTC(2026, 1, 3),
    },
    workspace: { name: "Personal", balanceMicros: 999_999_990_000, heldMicros: 0 },
  }),
  "sign-out-long": renderSignOut(longBrand, person),
};
