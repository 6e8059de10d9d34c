import type { ZodError } from "zod";
import type { App, Objection } from "../../apps/index.ts";
import { findScope, isPeriod, offeredScopes, sayScope } from "../../consent/index.ts";
import type { Ctx } from "../../context.ts";
import type { Form } from "../../http/form.ts";
import { formatDollars, parseDollars } from "../../kernel/money.ts";
import type { Text } from "../../ui/index.ts";
import type { AppFaults, AppForm, AppValues } from "../pages/app-fields.ts";

/** What a new app begins with. It asks for little, so that nobody is asked for more than the app needs. */
export const newValues: AppValues = {
  name: "",
  description: "",
  homepage_url: "",
  privacy_policy_url: "",
  terms_url: "",
  client_type: "confidential",
  redirect_uris: "",
  post_logout_redirect_uris: "",
  scopes: ["openid", "profile", "gateway:access"],
  identity_only: false,
  budget_amount: "",
  budget_period: "month",
  public: false,
  refresh_token_lifetime_days: "30",
  id_token_signed_response_alg: "RS256",
  access_token_format: "sealed",
};

export function valuesOf(app: App): AppValues {
  return {
    name: app.name,
    description: app.description ?? "",
    homepage_url: app.homepageUrl ?? "",
    privacy_policy_url: app.privacyPolicyUrl ?? "",
    terms_url: app.termsUrl ?? "",
    client_type: app.clientType,
    redirect_uris: app.redirectUris.join("\n"),
    post_logout_redirect_uris: app.postLogoutRedirectUris.join("\n"),
    scopes: app.allowedScopes,
    identity_only: app.identityOnly,
    budget_amount: app.budgetProposal ? formatDollars(app.budgetProposal.limitMicros) : "",
    budget_period: app.budgetProposal?.period ?? "month",
    public: app.listedAt !== null,
    refresh_token_lifetime_days: String(app.refreshTokenLifetimeDays),
    id_token_signed_response_alg: app.idTokenSignedResponseAlg,
    access_token_format: app.accessTokenFormat,
  };
}

/** The form as a person left it. */
export function readValues(form: Form): AppValues {
  const text = (name: string) => form.get(name) ?? "";
  const period = text("budget_period");
  return {
    name: text("name"),
    description: text("description"),
    homepage_url: text("homepage_url").trim(),
    privacy_policy_url: text("privacy_policy_url").trim(),
    terms_url: text("terms_url").trim(),
    client_type: text("client_type") === "public" ? "public" : "confidential",
    redirect_uris: text("redirect_uris"),
    post_logout_redirect_uris: text("post_logout_redirect_uris"),
    scopes: form.all("scopes"),
    identity_only: form.get("identity_only") !== undefined,
    budget_amount: text("budget_amount").trim(),
    budget_period: isPeriod(period) ? period : "month",
    public: form.get("public") !== undefined,
    refresh_token_lifetime_days: text("refresh_token_lifetime_days").trim(),
    id_token_signed_response_alg: text("id_token_signed_response_alg"),
    access_token_format: text("access_token_format"),
  };
}

/** What an app says of itself, as the API takes it. */
export function detailsOnWire(values: AppValues) {
  const days = values.refresh_token_lifetime_days;
  return {
    name: values.name,
    description: values.description.replaceAll("\r\n", "\n"),
    homepage_url: values.homepage_url || null,
    privacy_policy_url: values.privacy_policy_url || null,
    terms_url: values.terms_url || null,
    allowed_scopes: values.scopes,
    identity_only: values.identity_only,
    budget_proposal: budgetOnWire(values),
    public: values.public,
    refresh_token_lifetime_days: /^\d{1,4}$/.test(days) ? Number(days) : days,
    id_token_signed_response_alg: values.id_token_signed_response_alg,
    access_token_format: values.access_token_format,
  };
}

/** Where its answers go, as the API takes it. */
export function addressesOnWire({ redirect_uris, post_logout_redirect_uris }: AppValues) {
  return {
    redirect_uris: linesOf(redirect_uris).map(({ text }) => text),
    post_logout_redirect_uris: linesOf(post_logout_redirect_uris).map(({ text }) => text),
  };
}

/** People write `$10` and `10,50`; the API takes one spelling. */
function budgetOnWire({ budget_amount, budget_period }: AppValues) {
  if (budget_amount === "") return null;
  const micros = parseDollars(budget_amount);
  return { limit: micros === undefined ? budget_amount : formatDollars(micros), period: budget_period };
}

interface Line {
  number: number;
  text: string;
}

export function linesOf(text: string): Line[] {
  const lines = text.split("\n").map((line, index) => ({ number: index + 1, text: line.trim() }));
  return lines.filter((line) => line.text !== "");
}

/** What the schema of the API has against the form, field by field. */
export function faultsOf({ issues }: ZodError, values: AppValues): AppFaults {
  const faults: Record<string, AppFaults[string]> = {};
  for (const { path } of issues) {
    const [field, index] = path;
    const name = String(field);
    if (faults[name] !== undefined) continue;
    const lines = name === "redirect_uris" || name === "post_logout_redirect_uris" ? linesOf(values[name]) : [];
    const line = typeof index === "number" ? lines[index] : undefined;
    faults[name] = line ? { line: line.number } : "form";
  }
  return faults;
}

/** What the rules have against what the form lets choose. */
export function faultsOfObjections(objections: readonly Objection[]): AppFaults {
  return Object.fromEntries(objections.map(({ field, why }) => [field, spoken[why] ?? "spends"]));
}

const spoken: Partial<Record<Objection["why"], AppFaults[string]>> = {
  mixed_alphabets: "mixed",
  platform_name: "platform",
};

/** Every permission an app may be given, as people read it. */
export function scopeChoices(ctx: Ctx, words: Text): AppForm["scopes"] {
  return offeredScopes(ctx.config).map((name) => {
    const scope = findScope(name)!;
    return { name, title: sayScope(words, scope).sentence(ctx.config.brand.name), spends: scope.spends };
  });
}
