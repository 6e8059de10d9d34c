import { z } from "zod";
import { parseDollars } from "../kernel/money.ts";
import { isLoopbackHost, parseHttpUrl } from "../kernel/url.ts";
import { periods } from "./config.ts";

const noDollars = 'must be a decimal text in dollars, such as "5.00", with at most six decimals';

export const dollars = z
  .string({ error: ({ input }) => (input === undefined ? undefined : noDollars) })
  .transform((text, ctx) => {
    const micros = parseDollars(text);
    if (micros !== undefined) return micros;
    ctx.addIssue({ code: "custom", message: noDollars });
    return z.NEVER;
  });

const httpUrl = z
  .string()
  .refine((text) => parseHttpUrl(text) !== undefined, { error: "must be an http or https address", abort: true });

/** Passwords are sent there, or people believed who come from there. */
const trustedUrl = httpUrl.refine((text) => {
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || isLoopbackHost(hostname);
}, "must use https; http is allowed on loopback only");

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
    baseUrl: trustedUrl.default("https://verify.twilio.com"),
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
  issuer: trustedUrl,
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

/** What the consent page starts with. */
export const startingCap = z
  .strictObject({ limit: dollars.refine((micros) => micros > 0, "must be more than 0"), period: z.enum(periods) })
  .default({ limit: 5_000_000, period: "month" });

export const fileShape = z.strictObject({
  brand: brand.default({ name: "Innkeeper", accent: "#0b6b57", links: {} }),
  upstreams: z
    .record(z.string(), z.strictObject({ baseUrl: httpUrl, apiKey: z.string().min(1, "must not be empty") }))
    .default({}),
  models: z.record(z.string().min(1).max(128), model).default({}),
  signup: z.strictObject({ credit: dollars.default(0) }).default({ credit: 0 }),
  budgets: z
    .strictObject({
      default: startingCap,
      ceilings: z.partialRecord(z.enum(periods), dollars).default({}),
    })
    .default({ default: { limit: 5_000_000, period: "month" }, ceilings: {} }),
  tokens: z
    .strictObject({ refreshGraceSeconds: z.int().min(0).max(60).default(10) })
    .default({ refreshGraceSeconds: 10 }),
  mail: z.strictObject({ smtpUrl: smtpUrl.optional(), from: z.string().min(3).max(200).optional() }).default({}),
  phone: phone.default({ kind: "none" }),
  identityProviders: z
    .record(z.string().regex(/^[a-z0-9-]{1,32}$/, "must be of a-z, 0-9 and -, 32 at most"), identityProvider)
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
export type ConfigFile = z.input<typeof fileShape>;
