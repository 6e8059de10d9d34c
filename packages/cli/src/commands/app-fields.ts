import { UsageFault } from "../process/answer.ts";
import { readCount } from "../remote/page.ts";

/** What may be said about an app, by the flags of `apps create` and `apps update`. */
export interface AppFieldFlags {
  name?: string;
  description?: string;
  redirectUri?: string[];
  homepage?: string;
  logoUrl?: string;
  privacyPolicy?: string;
  terms?: string;
  scope?: string[];
  listed?: boolean;
  unlisted?: boolean;
  publicClient?: boolean;
  refreshDays?: string;
  grantType?: string[];
  postLogoutRedirectUri?: string[];
  webhookUrl?: string;
  identityOnly?: boolean;
  tokenFormat?: string;
  idTokenAlg?: string;
  budget?: string;
}

const device = "urn:ietf:params:oauth:grant-type:device_code";

/** The fields on the wire; only those that were given. An empty text takes a field away. */
export function appFields(flags: AppFieldFlags): Record<string, unknown> {
  if (flags.listed && flags.unlisted) throw new UsageFault("--listed and --unlisted contradict each other.");
  const fields = {
    name: flags.name,
    description: orNothing(flags.description),
    redirect_uris: flags.redirectUri,
    homepage_url: orNothing(flags.homepage),
    logo_url: orNothing(flags.logoUrl),
    privacy_policy_url: orNothing(flags.privacyPolicy),
    terms_url: orNothing(flags.terms),
    allowed_scopes: flags.scope?.flatMap((text) => text.split(/[\s,]+/)).filter(Boolean),
    public: flags.listed ? true : flags.unlisted ? false : undefined,
    client_type: flags.publicClient ? "public" : undefined,
    refresh_token_lifetime_days: readCount(flags.refreshDays, "--refresh-days"),
    grant_types: flags.grantType?.map((name) => (name === "device_code" ? device : name)),
    post_logout_redirect_uris: flags.postLogoutRedirectUri?.filter(Boolean),
    webhook_url: orNothing(flags.webhookUrl),
    identity_only: flags.identityOnly,
    access_token_format: flags.tokenFormat,
    id_token_signed_response_alg: flags.idTokenAlg,
    budget_proposal: readBudget(flags.budget),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function orNothing(text: string | undefined): string | null | undefined {
  return text === "" ? null : text;
}

/** `5.00/month`; the platform judges amount and period. */
function readBudget(text: string | undefined): { limit: string; period: string } | null | undefined {
  if (text === undefined || text === "") return orNothing(text) as null | undefined;
  const [limit = "", period = "month"] = text.split("/");
  return { limit, period };
}
