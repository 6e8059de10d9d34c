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
import type { ConsentSlip } from "../interaction/pages/consent.ts";
import type { Frame } from "../ui/index.ts";

/** Every page of the registry, with `evil` wherever a stranger's text may stand. */
export function appPagesWith(evil: string, frame: Frame, sample: ConsentSlip): Record<string, string> {
  const at = frame.now - 100_000;
  const person = { label: evil, csrf: evil };
  const face = { name: evil, host: evil, logoUrl: evil };
  const app: AppHead = { id: evil, face, role: "owner", owner: evil, isPublic: false, active: true, listed: true };
  const viewed: AppHead = { ...app, role: "viewer", active: false };
  const own = { person, csrf: evil, app, signInAgain: evil };
  const form = formWith(evil);
  const figures = { people: 2, activePeople: 1, spentMicros: 1, failedCalls: 1 };
  const dates = { createdAt: at, updatedAt: at };
  const overview = { ...own, ...dates, figures, clientId: evil, issuer: evil, scopes: [evil] };
  const secrets = [
    { id: "sec_2", hint: evil, createdAt: at, expiresAt: null },
    { id: evil, hint: evil, createdAt: at, expiresAt: frame.now + 100_000 },
  ];
  const shares = [{ userId: evil, name: evil, username: evil, role: "viewer" as const, createdAt: at }];
  const entry = { id: evil, face, description: evil, homepage: { url: evil, host: evil }, owner: evil };
  return {
    apps: renderAppList(frame, {
      person,
      deleted: evil,
      apps: [
        { ...app, description: evil, people: 2, createdAt: at },
        { ...viewed, people: 0, createdAt: at },
      ],
    }),
    "no apps": renderAppList(frame, { person, apps: [] }),
    "no apps for now": renderAppList(frame, { person, apps: [], mayNot: "too_many" }),
    "an app": renderAppOverview(frame, { ...overview, asking: true, done: "saved" }),
    "an app that is off": renderAppOverview(frame, { ...overview, app: { ...app, active: false } }),
    "an app of somebody": renderAppOverview(frame, { ...overview, app: viewed }),
    "a new app": renderAppNew(frame, { ...form, person, csrf: evil, sample }),
    "details of an app": renderAppEdit(frame, { ...form, ...own, sample }),
    "details of an app of somebody": renderAppEdit(frame, { ...form, ...own, app: viewed, sample }),
    "redirects of an app": renderAppRedirects(frame, { ...form, ...own, saved: true }),
    "redirects of an app of somebody": renderAppRedirects(frame, { ...form, ...own, app: viewed }),
    "secrets of an app": renderAppSecrets(frame, { ...own, secrets, kill: evil, killed: true }),
    "no secrets": renderAppSecrets(frame, { ...own, secrets: [] }),
    "no secrets for ever": renderAppSecrets(frame, { ...own, app: { ...app, isPublic: true }, secrets: [] }),
    "a new secret": renderAppSecretOnce(frame, {
      person,
      app,
      clientId: evil,
      clientSecret: evil,
      replaced: { endAt: at },
    }),
    "a first secret": renderAppSecretOnce(frame, { person, app, clientId: evil, clientSecret: evil }),
    "people of an app": renderAppPeople(frame, {
      ...own,
      ownerUsername: evil,
      shares,
      done: { kind: "shared", name: evil },
    }),
    "people of an app, mistaken": renderAppPeople(frame, {
      ...{ ...own, ownerUsername: evil, shares: [] },
      written: { username: evil, role: evil, error: "unknown" },
    }),
    "preview of an app": renderAppPreview(frame, { person, app, sample }),
    "deleting an app": renderAppDelete(frame, { ...own, people: 1, shares: 1, written: evil }),
    directory: renderDirectory(frame, {
      apps: [{ ...entry, crowd: "few" }],
      total: 9,
      search: evil,
      page: 1,
      perPage: 1,
    }),
    "directory, nothing": renderDirectory(frame, { person, apps: [], total: 0, search: evil, page: 0, perPage: 1 }),
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
