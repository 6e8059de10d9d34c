import { renderAppDelete } from "../../packages/server/src/interaction/pages/app-delete.ts";
import { renderDirectory } from "../../packages/server/src/interaction/pages/app-directory.ts";
import { renderAppEdit } from "../../packages/server/src/interaction/pages/app-edit.ts";
import type { AppForm } from "../../packages/server/src/interaction/pages/app-fields.ts";
import type { AppHead } from "../../packages/server/src/interaction/pages/app-frame.ts";
import { renderAppList } from "../../packages/server/src/interaction/pages/app-list.ts";
import { renderAppNew } from "../../packages/server/src/interaction/pages/app-new.ts";
import { renderAppOverview } from "../../packages/server/src/interaction/pages/app-overview.ts";
import { renderAppPeople } from "../../packages/server/src/interaction/pages/app-people.ts";
import { renderAppPreview } from "../../packages/server/src/interaction/pages/app-preview.ts";
import { renderAppRedirects } from "../../packages/server/src/interaction/pages/app-redirects.ts";
import { renderAppSecretOnce } from "../../packages/server/src/interaction/pages/app-secret-once.ts";
import { renderAppSecrets } from "../../packages/server/src/interaction/pages/app-secrets.ts";
import { renderAppTrust } from "../../packages/server/src/interaction/pages/app-trust.ts";
import { renderAppWebhook } from "../../packages/server/src/interaction/pages/app-webhook.ts";
import { fieldnotes, longName, quarry, storyteller } from "./apps.ts";
import { know, spending } from "./doors.ts";
import { frame, person } from "./frame.ts";
import { titled } from "./scopes.ts";

const csrf = "7b1f";
const day = 86_400_000;
const again = "/idp/login?next=%2Faccount%2Fapps";
const clientId = "cid_8Qm2vT5xK1nYc7RbW4fJd9Lz";

const clientSecret = `csc_${"a7Qm2vT5".repeat(6)}`;
const webhookSecret = "whsec_3Y1bH2n7cQm5vT9xK4jR8wL6dF0sP2aZ1gE7uI5oN3M=";

const app: AppHead = {
  id: "app_01jd7q3f9k8h6v2m4n5p6r7s8t",
  face: fieldnotes,
  role: "owner",
  owner: "Maya Fennick",
  isPublic: false,
  active: true,
  listed: true,
};
const viewed: AppHead = { ...app, face: quarry, role: "viewer", owner: "Kit Larkin", listed: false };

const scopes = (["openid", "profile", "email", "offline_access", "gateway:access", "billing:read"] as const).map(
  titled,
);
const values: AppForm["values"] = {
  name: "Fieldnotes",
  description: "Notes from the field, turned into reports you can send. Works without a network and catches up later.",
  homepage_url: "https://fieldnotes.example/",
  privacy_policy_url: "https://fieldnotes.example/privacy",
  terms_url: "",
  client_type: "confidential",
  redirect_uris: "https://fieldnotes.example/callback\nhttp://127.0.0.1/callback",
  post_logout_redirect_uris: "https://fieldnotes.example/",
  scopes: ["openid", "profile", "email", "gateway:access"],
  identity_only: false,
  budget_amount: "10.00",
  budget_period: "month",
  public: true,
  refresh_token_lifetime_days: "30",
  id_token_signed_response_alg: "RS256",
  access_token_format: "sealed",
};
const form: AppForm = { values, faults: {}, scopes };
const sample = {
  app: { ...fieldnotes, since: Date.UTC(2026, 10, 2), people: 41, madeBy: "Maya Fennick" },
  know,
  spending,
};

const overview = {
  person,
  csrf,
  app,
  figures: { people: 12_480, activePeople: 3_204, spentMicros: 1_842_310_000, failedCalls: 17 },
  clientId,
  issuer: "https://id.acme.example",
  scopes: scopes.slice(0, 5).map(({ title }) => title),
  createdAt: Date.UTC(2026, 2, 4),
  updatedAt: frame.now - 12 * 60_000,
};
const secrets = [
  { id: "sec_2", hint: "4f0Q", createdAt: frame.now - 3 * 60_000, expiresAt: null },
  { id: "sec_1", hint: "91zB", createdAt: Date.UTC(2026, 2, 4), expiresAt: frame.now + day },
];
const shares = [
  { userId: "usr_2", name: "Kit Larkin", username: "kit", role: "manager" as const, createdAt: Date.UTC(2026, 9, 3) },
  { userId: "usr_3", name: "Noor Said", username: "noor", role: "viewer" as const, createdAt: Date.UTC(2026, 10, 3) },
];
const told = (id: string, state: "waiting" | "delivered" | "given_up", minutes: number) => ({
  id,
  type: id === "evt_3" ? "webhook.test" : "authorization.revoked",
  state,
  attempts: state === "delivered" ? 1 : state === "waiting" ? 2 : 9,
  createdAt: frame.now - minutes * 60_000,
  nextAttemptAt: state === "waiting" ? frame.now + 5 * 60_000 : null,
  lastError: state === "delivered" ? null : "The app answered with 503.",
});
const webhook = {
  person,
  csrf,
  app,
  url: "https://fieldnotes.example/hooks/acme",
  deliveries: [
    told("evt_4", "waiting", 12),
    told("evt_3", "delivered", 40),
    told("evt_2", "delivered", 3_000),
    told("evt_1", "given_up", 9_000),
  ],
  total: 44,
  page: 0,
  perPage: 20,
};
const trust = { person, csrf, app, suggestion: "storyteller.example" };
const domain = {
  name: "storyteller.example",
  verified: false,
  recordName: "_innkeeper-challenge.storyteller.example",
  fileUrl: "https://storyteller.example/.well-known/innkeeper-domain.txt",
  content: `innkeeper-domain-verification=${app.id}`,
};
const described = [
  {
    id: "app_1",
    face: fieldnotes,
    description: values.description,
    homepage: { url: "https://fieldnotes.example/", host: "fieldnotes.example" },
    owner: "Maya Fennick",
    crowd: "thousands" as const,
  },
  {
    id: "app_2",
    face: storyteller,
    description: "Tells a story for every evening.",
    homepage: { url: "https://storyteller.example/", host: "storyteller.example" },
    owner: "Kit Larkin",
    crowd: "tens" as const,
  },
  { id: "app_3", face: quarry, owner: "Noor Said", crowd: "few" as const },
  {
    id: "app_4",
    face: longName,
    description: `${values.description} `.repeat(4),
    homepage: { url: `https://${longName.host}/`, host: longName.host },
    owner: "Donaudampfschifffahrtsgesellschaft",
    crowd: "none" as const,
  },
];
const listed = [
  { ...app, description: values.description, people: 12_480, createdAt: Date.UTC(2026, 2, 4) },
  { ...app, id: "app_5", face: storyteller, listed: false, people: 0, createdAt: Date.UTC(2026, 10, 2) },
  { ...app, id: "app_6", face: longName, active: false, people: 1, createdAt: Date.UTC(2025, 2, 4) },
  {
    ...viewed,
    id: "app_7",
    description: "Finds what your team wrote down once.",
    people: 311,
    createdAt: Date.UTC(2026, 7, 19),
  },
];

export const registryPreviews: Record<string, string> = {
  "app-list": renderAppList(frame, { person, apps: listed }),
  "app-list-empty": renderAppList(frame, { person, apps: [] }),
  "app-list-may-not": renderAppList(frame, { person, apps: [], mayNot: "email_unverified", deleted: "Old Reader" }),
  "app-overview": renderAppOverview(frame, overview),
  "app-overview-asking": renderAppOverview(frame, { ...overview, asking: true, done: "activated" }),
  "app-overview-off": renderAppOverview(frame, { ...overview, app: { ...app, active: false } }),
  "app-overview-viewer": renderAppOverview(frame, { ...overview, app: viewed }),
  "app-new": renderAppNew(frame, { ...form, person, csrf, sample, values: { ...values, redirect_uris: "", name: "" } }),
  "app-new-faults": renderAppNew(frame, {
    ...form,
    person,
    csrf,
    sample,
    faults: { name: "taken", redirect_uris: { line: 2 }, homepage_url: "form", refresh_token_lifetime_days: "form" },
    values: { ...values, redirect_uris: "https://fieldnotes.example/callback\nhttp://fieldnotes.example/" },
  }),
  "app-edit": renderAppEdit(frame, { ...form, person, csrf, app, sample }),
  "app-edit-viewer": renderAppEdit(frame, { ...form, person, csrf, app: viewed, sample }),
  "app-redirects": renderAppRedirects(frame, { ...form, person, csrf, app, signInAgain: again }),
  "app-redirects-viewer": renderAppRedirects(frame, { ...form, person, csrf, app: viewed }),
  "app-secrets": renderAppSecrets(frame, { person, csrf, app, secrets }),
  "app-secrets-kill": renderAppSecrets(frame, { person, csrf, app, secrets: secrets.slice(0, 1), kill: "sec_2" }),
  "app-secrets-none": renderAppSecrets(frame, { person, csrf, app, secrets: [], killed: true }),
  "app-secrets-public": renderAppSecrets(frame, { person, csrf, app: { ...app, isPublic: true }, secrets: [] }),
  "app-secret-created": renderAppSecretOnce(frame, { person, app, made: { kind: "created", clientId, clientSecret } }),
  "app-secret-rotated": renderAppSecretOnce(frame, {
    person,
    app,
    made: { kind: "rotated", clientId, clientSecret, endAt: frame.now + day },
  }),
  "app-created-public": renderAppSecretOnce(frame, { person, app, made: { kind: "created", clientId } }),
  "app-webhook-secret": renderAppSecretOnce(frame, { person, app, made: { kind: "webhook", webhookSecret } }),
  "app-trust": renderAppTrust(frame, { ...trust, app: { ...app, face: storyteller } }),
  "app-trust-wanted": renderAppTrust(frame, {
    ...trust,
    app: { ...app, face: storyteller },
    domain,
    fault: "no_proof",
  }),
  "app-trust-proven": renderAppTrust(frame, { ...trust, domain: { ...domain, verified: true }, done: "logo" }),
  "app-trust-viewer": renderAppTrust(frame, { ...trust, app: viewed }),
  "app-webhook": renderAppWebhook(frame, webhook),
  "app-webhook-none": renderAppWebhook(frame, {
    ...webhook,
    url: null,
    written: "http://10.0.0.1",
    deliveries: [],
    total: 0,
  }),
  "app-webhook-viewer": renderAppWebhook(frame, { ...webhook, app: viewed }),
  "app-people": renderAppPeople(frame, { person, csrf, app, ownerUsername: "maya", shares }),
  "app-people-unknown": renderAppPeople(frame, {
    person,
    csrf,
    app,
    ownerUsername: "maya",
    shares: [],
    written: { username: "nobody", role: "viewer", error: "unknown" },
  }),
  "app-preview": renderAppPreview(frame, { person, app, sample }),
  "app-delete": renderAppDelete(frame, { person, csrf, app, people: 12_480, shares: 2 }),
  "app-delete-mismatch": renderAppDelete(frame, { person, csrf, app, people: 0, shares: 0, written: "fieldnote" }),
  directory: renderDirectory(frame, { apps: described, total: 44, page: 1, perPage: 24 }),
  "directory-search": renderDirectory(frame, {
    person,
    apps: described.slice(0, 1),
    total: 1,
    search: "notes",
    page: 0,
    perPage: 24,
  }),
  "directory-nothing": renderDirectory(frame, { apps: [], total: 0, search: "nothing like it", page: 0, perPage: 24 }),
};
