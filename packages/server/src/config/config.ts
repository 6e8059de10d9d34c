/** Every option of Innkeeper, as the server reads it: amounts are integer micro-dollars, secrets are newest first. */

export const periods = ["day", "week", "month", "total"] as const;
export type Period = (typeof periods)[number];

export interface Brand {
  /** The platform's name: "Sign in with <name>". */
  name: string;
  /** An https address or a data: URL of the logo; without one, the first letter is shown. */
  logoUrl?: string;
  /** One colour, `#rrggbb`; adapted until it can be read in light and dark. @default "#0b6b57" */
  accent: string;
  /** Shown in the foot and at sign-up when given. */
  links: { privacy?: string; terms?: string; help?: string };
}

/** Where the gateway forwards. The operator's own setting, so trusted as it is. */
export interface Upstream {
  /** Up to and including the version, such as `https://api.example/v1`. No trailing slash. */
  baseUrl: string;
  apiKey: string;
}

/** Integer micro-dollars per million tokens (equal to pico-dollars per token); `call` is micro-dollars per call. */
export interface Prices {
  input: number;
  cachedInput: number;
  output: number;
  call: number;
}

export interface Model {
  /** A key of `upstreams`. */
  upstream: string;
  /** The upstream's own name of the model. */
  upstreamModel: string;
  prices: Prices;
  /** The most tokens one answer may have; the bound of a hold rests on it. */
  maxOutputTokens: number;
  /** The fewest bytes of text one input token stands for. One is always safe. @default 1 */
  bytesPerToken: number;
  /** The name under which the upstream wants the output limit. @default "max_tokens" */
  outputLimitParameter: "max_tokens" | "max_completion_tokens";
}

/** Another OpenID provider that people may sign in with. */
export interface IdentityProvider {
  /** Shown on the button. */
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** @default openid email profile */
  scopes: readonly string[];
  /** Only verified addresses of these domains may come in; everybody when left out. */
  allowedDomains?: readonly string[];
  /** Whether somebody who has no account gets one. @default true */
  signUp: boolean;
}

/** How a phone number is proven: by a provider that sends the code and checks it. */
export type PhoneProvider =
  | { kind: "none" }
  /** Shows the code on the page; refuses to run on an https issuer. */
  | { kind: "development" }
  /** Any service with the two calls of Twilio Verify, version 2. */
  | {
      kind: "verify";
      baseUrl: string;
      serviceId: string;
      username: string;
      password: string;
      /** ISO 3166-1 alpha-2; numbers of others are sent nothing. All when left out. */
      countries?: readonly string[];
      /** How many are sent for all accounts together. @default 200 */
      messagesPerHour: number;
    };

export interface Config {
  /** The issuer identifier: an origin without trailing slash. https, or http on loopback. */
  issuer: string;
  /** Newest first. The first one seals; all of them open. Each at least 32 characters. */
  secrets: readonly string[];
  brand: Brand;
  upstreams: Readonly<Record<string, Upstream>>;
  models: Readonly<Record<string, Model>>;
  signup: {
    /** Micro-dollars put into the wallet of every new personal workspace. @default 0 */
    creditMicros: number;
  };
  budgets: {
    /** The cap the consent page starts with when the app proposes none. @default 5.00 each month */
    default: { limitMicros: number; period: Period };
    /** The highest cap a user may give an app, per period, in micro-dollars. A period left out has no ceiling. */
    ceilings: Partial<Record<Period, number>>;
  };
  tokens: {
    /** @default 10 seconds in which the rotated refresh token gets the same successor again */
    refreshGraceSeconds: number;
  };
  mail: {
    /**
     * `smtp://…` or `smtps://…`; `?tls=optional` lets letters travel in clear. Without one, mail lies in the outbox of a
     * development machine, and goes nowhere from an https issuer.
     */
    smtpUrl?: string;
    /** @default "Innkeeper <no-reply@the issuer's host>" */
    from: string;
  };
  phone: PhoneProvider;
  /** By the name that stands in addresses. */
  identityProviders: Readonly<Record<string, IdentityProvider>>;
  accounts: {
    /** How long a deletion can be taken back. @default 14 days */
    deletionGraceDays: number;
  };
  apps: {
    /** Who may register apps. Operators always may. @default "anyone" */
    creators: "anyone" | "email_verified" | "phone_verified" | "operators";
    /** How many apps one user may own. @default 50 */
    perUser: number;
    /** How long a replaced client secret stays good unless the caller says otherwise. @default 0 seconds */
    secretOverlapSeconds: number;
  };
  signingKeys: {
    /** A signing key that is older gets a successor by itself. @default 90 days; 0 for never */
    rotateAfterDays: number;
  };
  outbound: {
    /** Origins that may be called although they are not public https: for development. @default none */
    allowOrigins: readonly string[];
  };
  /** How many reverse proxies stand in front and append to X-Forwarded-For. @default 0, the header is ignored */
  trustedProxies: number;
}
