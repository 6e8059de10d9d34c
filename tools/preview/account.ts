import { renderConnectedApps } from "../../packages/server/src/interaction/pages/connected-apps.ts";
import { renderKeys } from "../../packages/server/src/interaction/pages/keys.ts";
import { renderLimit } from "../../packages/server/src/interaction/pages/limit.ts";
import { renderProfile } from "../../packages/server/src/interaction/pages/profile.ts";
import { renderUsage } from "../../packages/server/src/interaction/pages/usage.ts";
import { fieldnotes, localTool, quarry, storyteller } from "./apps.ts";
import { frame, person } from "./frame.ts";
import { titled } from "./scopes.ts";

const csrf = "7b1f";
const december = Date.UTC(2026, 11, 1);
const minute = 60_000;

const [openid, profile, email] = [titled("openid"), titled("profile"), titled("email")];
const [spends, billing] = [titled("gateway:access"), titled("billing:read")];

const month = (limitMicros: number, spentMicros: number, heldMicros = 0) => ({
  period: "month" as const,
  limitMicros,
  spentMicros,
  heldMicros,
  resetsAt: december,
});
const today = (limitMicros: number, spentMicros: number) => ({
  ...month(limitMicros, spentMicros),
  period: "day" as const,
  resetsAt: Date.UTC(2026, 10, 22),
});

const apps = [
  {
    grantId: "grt_1",
    app: storyteller,
    scopes: [openid, profile, spends],
    payer: "Personal",
    allowedAt: Date.UTC(2026, 10, 2),
    lastUsedAt: frame.now - 12 * minute,
    windows: [month(10_000_000, 8_310_000, 60_000)],
    spentThisMonthMicros: 8_310_000,
  },
  {
    grantId: "grt_2",
    app: fieldnotes,
    scopes: [openid, profile, email, spends, billing],
    payer: "Personal",
    allowedAt: Date.UTC(2026, 2, 4),
    lastUsedAt: frame.now - 26 * minute,
    windows: [today(3_000_000, 940_000), month(25_000_000, 6_420_000)],
    spentThisMonthMicros: 6_420_000,
  },
  {
    grantId: "grt_3",
    app: quarry,
    scopes: [openid],
    payer: "Personal",
    allowedAt: Date.UTC(2026, 7, 19),
    lastUsedAt: Date.UTC(2026, 10, 21, 10, 15),
    windows: [],
    spentThisMonthMicros: 0,
  },
  {
    grantId: "grt_4",
    app: localTool,
    scopes: [openid, spends],
    payer: "Personal",
    allowedAt: Date.UTC(2026, 10, 1),
    endsAt: Date.UTC(2027, 1, 1),
    windows: [{ ...month(50_000_000, 50_000_000), period: "total" as const, resetsAt: null }],
    spentThisMonthMicros: 4_050_000,
  },
];
const revoked = [
  { grantId: "grt_5", app: { name: "Old Reader", host: "reader.example" }, revokedAt: Date.UTC(2026, 9, 3) },
];

const usageApps = [
  { appId: "app_3", name: "Quarry", spentMicros: 11_200_000 },
  { appId: "app_1", name: "Storyteller", spentMicros: 8_310_000 },
  { appId: "app_2", name: "Fieldnotes", spentMicros: 6_420_000 },
  { appId: null, name: null, spentMicros: 4_050_000 },
];
const november = { key: "2026-11", startsAt: Date.UTC(2026, 10, 1), endsAt: december };
// Plausible days that add up to the sums above: a share of each sum by a fixed pattern.
const pattern = [3, 9, 5, 8, 2, 7, 4, 6, 1, 5, 9, 7, 2, 1, 4, 3, 5, 2, 8, 9, 4];
const days = usageApps.flatMap(({ appId, spentMicros }, app) => {
  const weights = pattern.map((weight, index) => ((weight * (index + app * 3)) % 10) + (app % 2));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight, index) => ({
    at: november.startsAt + index * 86_400_000,
    appId,
    spentMicros: Math.round((spentMicros * weight) / total / 10_000) * 10_000,
  }));
});
const call = (
  id: string,
  at: [number, number, number],
  appId: string | null,
  model: string,
  counts: [number, number],
  costMicros: number,
) => ({
  id,
  at: Date.UTC(2026, 10, 21, ...at),
  appId,
  model,
  tokensIn: counts[0],
  tokensOut: counts[1],
  costMicros,
});
const calls = [
  call("hld_8fq2lm", [14, 32, 7], "app_1", "acme-large", [1_204, 812], 11_130),
  call("hld_8fq2jd", [14, 31, 40], "app_1", "acme-large", [980, 640], 8_850),
  call("hld_8fpx0a", [14, 18, 55], "app_2", "acme-small", [5_120, 212], 896),
  call("hld_8fnn7t", [13, 2, 11], "app_2", "acme-embed", [18_422, 0], 368),
  call("hld_8fk1vb", [11, 47, 30], null, "acme-large", [3_011, 1_450], 22_028),
  call("hld_8fk1ra", [11, 46, 2], null, "acme-small", [640, 98], 155),
  call("hld_8fh9qe", [10, 15, 44], "app_3", "acme-small", [9_204, 1_033], 2_000),
  call("hld_8fh9pc", [-10, 15, 39], "app_3", "acme-large", [40_960, 0], 1_200_819),
];
const usage = {
  person,
  month: november,
  months: [november, { key: "2026-10", startsAt: Date.UTC(2026, 9, 1) }],
  apps: usageApps,
  days,
  callCount: 4_714,
  calls,
  skipped: 0,
  olderBefore: "hld_8fh9pc",
};
const receipt = {
  id: "hld_8fpx0a",
  at: Date.UTC(2026, 10, 21, 14, 18, 55),
  app: fieldnotes,
  model: "acme-small",
  inputTokens: 5_120,
  cachedInputTokens: 0,
  outputTokens: 212,
  prices: { input: 150_000, cachedInput: 15_000, output: 600_000, call: 0 },
  costMicros: 896,
  lossMicros: 0,
  heldMicros: 4_100,
  estimated: false,
  payer: "Personal",
  cap: { limitMicros: 25_000_000, period: "month" as const },
};

const limit = {
  person,
  csrf,
  grantId: "grt_1",
  app: storyteller,
  window: month(10_000_000, 10_000_000),
  reached: true,
  payer: { name: "Personal", leftMicros: 14_180_000 },
};
const user = {
  id: "usr_01jd7q3f9k8h6v2m4n5p6r7s8t",
  name: "Maya Fennick",
  username: "maya",
  email: "maya@fennick.example",
  emailVerified: false,
  address: "12 Tulip Lane, BS1 4QA Bristol, United Kingdom",
  createdAt: Date.UTC(2026, 1, 3),
};

export const accountPreviews: Record<string, string> = {
  "connected-apps": renderConnectedApps(frame, {
    person,
    csrf,
    apps,
    revoked,
    tray: { grantId: "grt_1", kind: "change" },
  }),
  "connected-apps-revoke": renderConnectedApps(frame, {
    person,
    csrf,
    apps,
    revoked,
    showRevoked: true,
    tray: { grantId: "grt_2", kind: "revoke" },
    notice: {
      kind: "changed",
      app: "Storyteller",
      limitMicros: 12_000_000,
      period: "month",
      back: { url: "https://storyteller.example/", host: "storyteller.example" },
    },
  }),
  "connected-apps-empty": renderConnectedApps(frame, { person, csrf, apps: [], revoked }),
  usage: renderUsage(frame, { ...usage, receipt }),
  "usage-list": renderUsage(frame, {
    ...usage,
    apps: [...usageApps, { appId: "app_9", name: "Old Reader", spentMicros: 1_001 }],
  }),
  "usage-empty": renderUsage(frame, { ...usage, callCount: 0, calls: [], apps: [], days: [] }),
  keys: renderKeys(frame, {
    person,
    csrf,
    keys: [
      {
        id: "key_1",
        name: "Laptop",
        hint: "sk-ik-…4f0Q",
        createdAt: Date.UTC(2026, 9, 3),
        lastUsedAt: frame.now - 3 * minute,
        windows: [month(5_000_000, 1_200_000)],
      },
      {
        id: "key_2",
        name: "Nightly reports",
        hint: "sk-ik-…91zB",
        app: "Storyteller",
        createdAt: Date.UTC(2026, 8, 1),
        expiresAt: Date.UTC(2027, 0, 1),
        windows: [],
      },
    ],
    revoke: "key_1",
  }),
  "keys-empty": renderKeys(frame, { person, csrf, keys: [], revoked: "Laptop" }),
  profile: renderProfile(frame, {
    person,
    user,
    workspace: { name: "Personal", balanceMicros: 24_240_000, heldMicros: 60_000 },
  }),
  "profile-low": renderProfile(frame, {
    person,
    user: { ...user, email: null },
    workspace: { name: "Personal", balanceMicros: 2_000, heldMicros: 0 },
  }),
  limit: renderLimit(frame, {
    ...limit,
    back: { url: "https://storyteller.example/", host: "storyteller.example" },
  }),
  "limit-error": renderLimit(frame, { ...limit, other: "3", error: { kind: "notHigher" } }),
  "limit-ceiling": renderLimit(frame, { ...limit, ceilingMicros: 10_000_000 }),
};
