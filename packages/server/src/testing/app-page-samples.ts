import { renderAppDelete } from "../interaction/pages/app-delete.ts";
import { renderDirectory } from "../interaction/pages/app-directory.ts";
import { renderAppEdit } from "../interaction/pages/app-edit.ts";
import type { AppForm } from "../interaction/pages/app-fields.ts";
import type { AppHead } from "../interaction/pages/app-frame.ts";
import { renderAppList } from "../interaction/pages/app-list.ts";
import { renderAppNew } from "../interaction/pages/app-new.ts";
import { renderAppOverview } from "../interaction/pages/app-overview.ts";
import { renderAppPeople } from "../interaction/pages/app-people.ts";
import { renderAppPreview } from "../interaction/pages/app-preview.ts";
import { renderAppRedirects } from "../interaction/pages/app-redirects.ts";
import { renderAppSecretOnce } from "../interaction/pages/app-secret-once.ts";
import { renderAppSecrets } from "../interaction/pages/app-secrets.ts";
import { renderAppTrust } from "../interaction/pages/app-trust.ts";
import { renderAppWebhook } from "../interaction/pages/app-webhook.ts";
import type { ConsentSlip } from "../interaction/pages/consent.ts";
import type { Frame } from "../ui/index.ts";

/** Every page of the registry, with `evil` wherever a stranger's text may stand. */
export function appPagesWith(evil: string, frame: Frame, sample: ConsentSlip): Record<string, string> {
  return {
    ...listPages(evil, frame),
    ...formPages(evil, frame, sample),
    ...secretPages(evil, frame),
    ...trustPages(evil, frame),
    ...webhookPages(evil, frame),
    ...peoplePages(evil, frame),
  };
}

function ownWith(evil: string) {
  const person = { label: evil, csrf: evil };
  const face = { name: evil, host: evil, logoUrl: evil };
  const app: AppHead = { id: evil, face, role: "owner", owner: evil, isPublic: false, active: true, listed: true };
  return { person, csrf: evil, app, signInAgain: evil };
}

function viewed(app: AppHead): AppHead {
  return { ...app, role: "viewer", active: false };
}

function listPages(evil: string, frame: Frame): Record<string, string> {
  const own = ownWith(evil);
  const { person, app } = own;
  const at = frame.now - 100_000;
  const figures = { people: 2, activePeople: 1, spentMicros: 1, failedCalls: 1 };
  const overview = { ...own, createdAt: at, updatedAt: at, figures, clientId: evil, issuer: evil, scopes: [evil] };
  const homepage = { url: evil, host: evil };
  const entry = { id: evil, face: app.face, description: evil, homepage, owner: evil, crowd: "few" as const };
  const apps = [
    { ...app, description: evil, people: 2, createdAt: at },
    { ...viewed(app), people: 0, createdAt: at },
  ];
  return {
    apps: renderAppList(frame, { person, deleted: evil, apps }),
    "no apps": renderAppList(frame, { person, apps: [] }),
    "no apps for now": renderAppList(frame, { person, apps: [], mayNot: "too_many" }),
    "an app": renderAppOverview(frame, { ...overview, asking: true, done: "saved" }),
    "an app that is off": renderAppOverview(frame, { ...overview, app: { ...app, active: false } }),
    "an app of somebody": renderAppOverview(frame, { ...overview, app: viewed(app) }),
    "deleting an app": renderAppDelete(frame, { ...own, people: 1, shares: 1, written: evil }),
    directory: renderDirectory(frame, { apps: [entry], total: 9, search: evil, page: 1, perPage: 1 }),
    "directory, nothing": renderDirectory(frame, { person, apps: [], total: 0, search: evil, page: 0, perPage: 1 }),
  };
}

function formPages(evil: string, frame: Frame, sample: ConsentSlip): Record<string, string> {
  const own = ownWith(evil);
  const form = formWith(evil);
  const other = { ...form, ...own, app: viewed(own.app) };
  return {
    "a new app": renderAppNew(frame, { ...form, ...own, sample }),
    "details of an app": renderAppEdit(frame, { ...form, ...own, sample }),
    "details of an app of somebody": renderAppEdit(frame, { ...other, sample }),
    "redirects of an app": renderAppRedirects(frame, { ...form, ...own, saved: true }),
    "redirects of an app of somebody": renderAppRedirects(frame, other),
    "preview of an app": renderAppPreview(frame, { ...own, sample }),
  };
}

function secretPages(evil: string, frame: Frame): Record<string, string> {
  const own = ownWith(evil);
  const at = frame.now - 100_000;
  const secrets = [
    { id: "sec_2", hint: evil, createdAt: at, expiresAt: null },
    { id: evil, hint: evil, createdAt: at, expiresAt: frame.now + 100_000 },
  ];
  const made = { clientId: evil, clientSecret: evil };
  return {
    "secrets of an app": renderAppSecrets(frame, { ...own, secrets, kill: evil, killed: true }),
    "no secrets": renderAppSecrets(frame, { ...own, secrets: [] }),
    "no secrets for ever": renderAppSecrets(frame, { ...own, app: { ...own.app, isPublic: true }, secrets: [] }),
    "a new secret": renderAppSecretOnce(frame, { ...own, made: { kind: "rotated", ...made, endAt: at } }),
    "a first secret": renderAppSecretOnce(frame, { ...own, made: { kind: "created", ...made } }),
    "a secret for webhooks": renderAppSecretOnce(frame, { ...own, made: { kind: "webhook", webhookSecret: evil } }),
  };
}

function trustPages(evil: string, frame: Frame): Record<string, string> {
  const own = { ...ownWith(evil), suggestion: evil, written: evil };
  const domain = { name: evil, verified: false, recordName: evil, fileUrl: evil, content: evil };
  const proven = { ...domain, verified: true };
  return {
    "domain and logo of an app": renderAppTrust(frame, { ...own, fault: "picture" }),
    "domain of an app, wanted": renderAppTrust(frame, { ...own, domain, fault: "no_proof" }),
    "domain of an app, mistaken": renderAppTrust(frame, { ...own, domain, fault: "elsewhere" }),
    "domain of an app, proven": renderAppTrust(frame, { ...own, domain: proven, fault: "address" }),
    "domain of an app of somebody": renderAppTrust(frame, { ...own, app: viewed(own.app), done: "verified" }),
  };
}

function webhookPages(evil: string, frame: Frame): Record<string, string> {
  const own = ownWith(evil);
  const at = frame.now - 100_000;
  const told = { id: evil, type: evil, attempts: 1, createdAt: at, nextAttemptAt: at, lastError: evil };
  const deliveries = (["waiting", "sending", "delivered", "given_up"] as const).map((state) => ({ ...told, state }));
  const webhook = { ...own, url: evil, written: evil, deliveries, total: 9, page: 1, perPage: 2, busy: true };
  return {
    "webhook of an app": renderAppWebhook(frame, webhook),
    "webhook of an app of somebody": renderAppWebhook(frame, { ...webhook, app: viewed(own.app), written: undefined }),
    "no webhook": renderAppWebhook(frame, { ...own, url: null, deliveries: [], total: 0, page: 0, perPage: 2 }),
  };
}

function peoplePages(evil: string, frame: Frame): Record<string, string> {
  const own = { ...ownWith(evil), ownerUsername: evil };
  const createdAt = frame.now - 100_000;
  const shares = [{ userId: evil, name: evil, username: evil, role: "viewer" as const, createdAt }];
  const written = { username: evil, role: evil, error: "unknown" as const };
  return {
    "people of an app": renderAppPeople(frame, { ...own, shares, done: { kind: "shared", name: evil } }),
    "people of an app, mistaken": renderAppPeople(frame, { ...own, shares: [], written }),
  };
}

function formWith(evil: string): AppForm {
  const values: AppForm["values"] = {
    name: evil,
    description: evil,
    homepage_url: evil,
    privacy_policy_url: evil,
    terms_url: evil,
    client_type: "public",
    redirect_uris: evil,
    post_logout_redirect_uris: evil,
    scopes: [evil],
    identity_only: true,
    budget_amount: evil,
    budget_period: "day",
    public: true,
    refresh_token_lifetime_days: evil,
    id_token_signed_response_alg: evil,
    access_token_format: evil,
  };
  const faults: AppForm["faults"] = {
    ...{ name: "taken", description: "form", homepage_url: "form", redirect_uris: { line: 2 }, [evil]: "form" },
    ...{ post_logout_redirect_uris: "form", allowed_scopes: "form", budget_proposal: "form" },
    refresh_token_lifetime_days: "form",
  };
  return { values, faults, scopes: [{ name: evil, title: evil, spends: false }] };
}
