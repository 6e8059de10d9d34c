import { z } from "zod";
import { parseDollars } from "../kernel/money.ts";
import { isLoopbackHost, parseHttpUrl } from "../kernel/url.ts";
import type { Config } from "./config.ts";
import { periods } from "./config.ts";

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

const dollars = z.string({ error: 'must be a decimal text in dollars, such as "5.00"' }).transform((text, ctx) => {
  const micros = parseDollars(text);
  if (micros !== undefined) return micros;
  ctx.addIssue({
    code: "custom",
    message: 'must be a decimal text in dollars, such as "5.00", with at most six decimals',
  });
  return z.NEVER;
});

const httpUrl = z.string().refine((text) => parseHttpUrl(text) !== undefined, "must be an http or https address");

const origin = httpUrl.refine(
  (text) => parseHttpUrl(text)?.origin === text,
  "must be an origin, without path or trailing slash",
);

const brand = z.strictObject({
  name: z.string().trim().min(1, "must not be empty").max(64),
  logoUrl: z
    .string()
    .refine(
      (text) => /^data:image\/(?:svg\+xml|png|jpeg|webp)[;,]/.test(text) || text.startsWith("https://"),
      "must be an https address or a data: URL of an image",
    )
    .optional(),
  accent: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, "must be a colour such as #0b6b57")
    .default("#0b6b57"),
  links: z
    .strictObject({ privacy: httpUrl.optional(), terms: httpUrl.optional(), help: httpUrl.optional() })
    .default({}),
});

const model = z.strictObject({
  upstream: z.string(),
  upstreamModel: z.string().min(1, "must not be empty"),
  prices: z.strictObject({
    input: dollars,
    cachedInput: dollars.optional(),
    output: dollars,
    call: dollars.default(0),
  }),
  maxOutputTokens: z.int().min(1).max(10_000_000),
  bytesPerToken: z.number().min(1).max(16).default(1),
  outputLimitParameter: z.enum(["max_tokens", "max_completion_tokens"]).default("max_tokens"),
});

const smtpUrl = z
  .string()
  .refine((text) => /^smtps?:\/\/[^/]+/.test(text) && URL.canParse(text), "must be an smtp:// or smtps:// address");

const phone = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("development") }),
  z.strictObject({
    kind: z.literal("verify"),
    baseUrl: httpUrl.default("https://verify.twilio.com"),
    serviceId: z.string().min(1),
    username: z.string().min(1),
    password: z.string().min(1),
    countries: z
      .array(z.string().regex(/^[A-Z]{2}$/, "must be two capital letters, such as DE"))
      .min(1, "must name one, or be left out")
      .optional(),
    messagesPerHour: z.int().min(1).max(100_000).default(200),
  }),
]);

const identityProvider = z.strictObject({
  name: z.string().trim().min(1).max(64),
  issuer: httpUrl,
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  scopes: z
    .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, "must be one scope"))
    .refine((scopes) => scopes.includes("openid"), "must name openid: without it no provider says who came")
    .default(["openid", "email", "profile"]),
  // What is no domain would let in nobody, and what looks like one might let in others than were meant.
  allowedDomains: z
    .array(
      z.string().regex(/^(?:[\p{L}\p{M}\p{N}-]+\.)+[\p{L}\p{M}\p{N}-]+$/u, "must be a domain, such as acme.example"),
    )
    .min(1, "must name one, or be left out")
    .optional(),
  signUp: z.boolean().default(true),
});

const file = z.strictObject({
  brand: brand.default({ name: "Innkeeper", accent: "#0b6b57", links: {} }),
  upstreams: z
    .record(z.string(), z.strictObject({ baseUrl: httpUrl, apiKey: z.string().min(1, "must not be empty") }))
    .default({}),
  models: z.record(z.string().min(1).max(128), model).default({}),
  signup: z.strictObject({ credit: dollars.default(0) }).default({ credit: 0 }),
  budgets: z
    .strictObject({
      default: z
        .strictObject({ limit: dollars, period: z.enum(periods) })
        .default({ limit: 5_000_000, period: "month" }),
      ceilings: z.partialRecord(z.enum(periods), dollars).default({}),
    })
    .default({ default: { limit: 5_000_000, period: "month" }, ceilings: {} }),
  tokens: z
    .strictObject({ refreshGraceSeconds: z.int().min(0).max(60).default(10) })
    .default({ refreshGraceSeconds: 10 }),
  mail: z.strictObject({ smtpUrl: smtpUrl.optional(), from: z.string().min(3).max(200).optional() }).default({}),
  phone: phone.default({ kind: "none" }),
  identityProviders: z
    .record(z.string().regex(/^[a-z0-9-]{1,32}$/, "is a name of a-z, 0-9 and -"), identityProvider)
    .default({}),
  accounts: z
    .strictObject({ deletionGraceDays: z.int().min(0).max(365).default(14) })
    .default({ deletionGraceDays: 14 }),
  apps: z
    .strictObject({
      creators: z.enum(["anyone", "email_verified", "phone_verified", "operators"]).default("anyone"),
      perUser: z.int().min(1).max(1_000_000).default(50),
      secretOverlapSeconds: z.int().min(0).max(7_776_000).default(0),
    })
    .default({ creators: "anyone", perUser: 50, secretOverlapSeconds: 0 }),
  signingKeys: z
    .strictObject({ rotateAfterDays: z.int().min(0).max(3650).default(90) })
    .default({ rotateAfterDays: 90 }),
  outbound: z.strictObject({ allowOrigins: z.array(origin).max(100).default([]) }).default({ allowOrigins: [] }),
  trustedProxies: z.int().min(0).max(8).default(0),
});

/** The part of the configuration that may stand in a file. */
export type ConfigFile = z.input<typeof file>;

/**
 * The configuration out of what an operator wrote.
 * @throws ConfigMistakes with every mistake, so that an operator mends them in one go.
 */
export function readConfig(input: { issuer: string; secrets: readonly string[]; file: unknown }): Config {
  const parsed = file.safeParse(input.file, { reportInput: true });
  const mistakes = [
    ...issuerMistakes(input.issuer),
    ...secretMistakes(input.secrets),
    ...(parsed.success
      ? [...crossMistakes(parsed.data), ...phoneMistakes(parsed.data.phone, input.issuer)]
      : parsed.error.issues.flatMap(describeIssue)),
  ];
  if (mistakes.length > 0 || !parsed.success) throw new ConfigMistakes(mistakes);
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
    issuer: input.issuer,
    secrets: input.secrets,
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
    mail: { ...mail, from: mail.from ?? `${brand.name} <no-reply@${new URL(input.issuer).hostname}>` },
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

function crossMistakes(data: z.output<typeof file>): string[] {
  const mistakes: string[] = [];
  for (const [name, { upstream }] of Object.entries(data.models)) {
    if (!Object.hasOwn(data.upstreams, upstream))
      mistakes.push(`models.${name}.upstream: there is no upstream "${upstream}"`);
  }
  for (const [name, { issuer }] of Object.entries(data.identityProviders)) {
    const url = new URL(issuer);
    if (url.protocol === "http:" && !isLoopbackHost(url.hostname)) {
      mistakes.push(`identityProviders.${name}.issuer: must use https; http is allowed on loopback only`);
    }
  }
  const { limit, period } = data.budgets.default;
  const ceiling = data.budgets.ceilings[period];
  if (limit === 0) mistakes.push("budgets.default.limit: must be more than 0");
  if (ceiling !== undefined && limit > ceiling) {
    mistakes.push(`budgets.default.limit: is above budgets.ceilings.${period}`);
  }
  return mistakes;
}

/** A code that the page shows proves nothing; a password is sent with every call. */
function phoneMistakes(phone: Config["phone"], issuer: string): string[] {
  if (phone.kind === "development" && !issuer.startsWith("http://")) {
    return ["phone.kind: development shows its codes to everybody; it is allowed on an http issuer on loopback only"];
  }
  if (phone.kind !== "verify") return [];
  const { protocol, hostname } = new URL(phone.baseUrl);
  if (protocol === "https:" || isLoopbackHost(hostname)) return [];
  return ["phone.baseUrl: must use https; http is allowed on loopback only"];
}

function describeIssue(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => `${[...path, key].join(".")}: there is no such option`);
  }
  const missing = issue.input === undefined;
  return [`${path.join(".") || "configuration"}: ${missing ? "is missing" : issue.message}`];
}

function mapValues<A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
