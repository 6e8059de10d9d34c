import type { z } from "zod";
import { describeMistake } from "../kernel/mistake.ts";
import { isLoopbackHost, parseHttpUrl } from "../kernel/url.ts";
import type { Config } from "./config.ts";
import { crossMistakes } from "./cross-mistakes.ts";
import { fileShape } from "./file-shape.ts";

export type { ConfigFile } from "./file-shape.ts";

/** Everything that is wrong with a configuration, all at once: one sentence per mistake. */
export class ConfigMistakes extends Error {
  readonly mistakes: readonly string[];
  constructor(mistakes: readonly string[]) {
    super(
      `The configuration has ${mistakes.length === 1 ? "a mistake" : `${mistakes.length} mistakes`}:\n${mistakes.map((line) => `  - ${line}`).join("\n")}`,
    );
    this.name = "ConfigMistakes";
    this.mistakes = mistakes;
  }
}

/**
 * The configuration out of what an operator wrote.
 * @param told what was found wrong before, so that it is listed together with the rest; secrets that could not be read are among it
 * @throws ConfigMistakes with every mistake, so that an operator mends them in one go.
 */
export function readConfig(
  input: { issuer: string; secrets: readonly string[] | undefined; file: unknown },
  told: readonly string[] = [],
): Config {
  const { issuer, secrets } = input;
  const parsed = fileShape.safeParse(input.file, { error: describeMistake });
  const mistakes = [
    ...told,
    ...issuerMistakes(issuer),
    ...(secrets ? secretMistakes(secrets) : []),
    ...(parsed.error?.issues.flatMap(describeIssue) ?? []),
    ...crossMistakes(input.file, issuer),
  ];
  if (mistakes.length > 0 || !parsed.success || !secrets) throw new ConfigMistakes(mistakes);
  const {
    brand,
    upstreams,
    models,
    signup,
    budgets,
    tokens,
    mail,
    phone,
    identityProviders,
    accounts,
    apps,
    signingKeys,
    outbound,
    trustedProxies,
  } = parsed.data;
  return {
    issuer,
    secrets,
    brand,
    upstreams: mapValues(upstreams, (upstream) => ({ ...upstream, baseUrl: upstream.baseUrl.replace(/\/+$/, "") })),
    models: mapValues(models, (model) => ({
      ...model,
      // Without a price of its own, cached input costs what input costs: never less than the operator meant.
      prices: { ...model.prices, cachedInput: model.prices.cachedInput ?? model.prices.input },
    })),
    signup: { creditMicros: signup.credit },
    budgets: {
      default: { limitMicros: budgets.default.limit, period: budgets.default.period },
      ceilings: budgets.ceilings,
    },
    tokens,
    mail: { ...mail, from: mail.from ?? `${brand.name} <no-reply@${new URL(issuer).hostname}>` },
    phone: phone.kind === "verify" ? { ...phone, baseUrl: phone.baseUrl.replace(/\/+$/, "") } : phone,
    identityProviders,
    accounts,
    apps,
    signingKeys,
    outbound,
    trustedProxies,
  };
}

/** The issuer identifier is an origin, so that it equals what clients were told byte for byte (RFC 9207). */
function issuerMistakes(issuer: string): string[] {
  const url = parseHttpUrl(issuer);
  if (!url || url.origin !== issuer) {
    return [`issuer: "${issuer}" must be an origin such as https://id.example, without path or trailing slash`];
  }
  if (url.protocol === "http:" && !isLoopbackHost(url.hostname)) {
    return [`issuer: "${issuer}" must use https; http is allowed on loopback only`];
  }
  return [];
}

const wellKnownSecrets =
  /^(?:(?:change[-_ ]?me|secret|password|default|example|innkeeper|test|dev(?:elopment)?)[-_ 0-9!.]*)+$/i;

/** What is wrong with the secrets; a value of few different characters is as good as none. */
export function secretMistakes(secrets: readonly string[]): string[] {
  if (secrets.length === 0) return ["INNKEEPER_SECRET: must not be empty"];
  return secrets.flatMap((secret, index) => {
    const name = secrets.length === 1 ? "INNKEEPER_SECRET" : `INNKEEPER_SECRET, number ${index + 1}`;
    if (secret.length < 32)
      return [`${name}: must have at least 32 characters; make one with: openssl rand -base64 32`];
    if (wellKnownSecrets.test(secret) || new Set(secret).size < 10) {
      return [`${name}: is a default or too simple; make one with: openssl rand -base64 32`];
    }
    return secrets.indexOf(secret) === index ? [] : [`${name}: is given twice`];
  });
}

function describeIssue(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => `${[...path, key].join(".")}: there is no such option`);
  }
  return [`${path.join(".") || "configuration"}: ${issue.message}`];
}

function mapValues<A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
