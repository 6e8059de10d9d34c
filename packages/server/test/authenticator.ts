import { Secret, TOTP } from "otpauth";
import { inTx } from "../src/context.ts";
import { createSealer } from "../src/kernel/seal.ts";
import { enrolTotp, totpSecretLength } from "../src/people/index.ts";
import type { Browser, Page } from "../src/testing/browser.ts";
import type { Platform } from "../src/testing/platform.ts";

/** The app on somebody's phone, which goes by the clock of the platform. */
export interface Authenticator {
  /** What it shows now, or so many steps of 30 seconds later. */
  code(stepsLater?: number): string;
}

export const secondForm = "/idp/login/second";
export const totpPage = "/account/security/totp";

export function authenticatorOf({ clock }: Pick<Platform, "clock">, key: string): Authenticator {
  const totp = new TOTP({ secret: Secret.fromBase32(key.replaceAll(" ", "")) });
  return { code: (stepsLater = 0) => totp.generate({ timestamp: clock.now() + stepsLater * 30_000 }) };
}

/** Sets one up on the page, as somebody who has just signed in does. Answers the page of the recovery codes. */
export async function setUpTotp(
  platform: Platform,
  browser: Browser,
  query = "add=1",
): Promise<{ phone: Authenticator; codes: string[]; page: Page }> {
  const form = await browser.open(`${totpPage}?${query}`);
  const phone = authenticatorOf(platform, /id="totp-key">([A-Z2-7 ]+)</.exec(form.text)?.[1] ?? "");
  const page = await browser.submit(form, `${totpPage}/add`, { code: phone.code() });
  return { phone, codes: codesOn(page), page };
}

export function codesOn({ text }: Page): string[] {
  return /id="recovery-codes">([^<]*)</.exec(text)?.[1]?.split("\n") ?? [];
}

/** Puts one into force without a page, for stories about what comes after. The code of this very moment is used up by it. */
export async function giveTotp(platform: Platform, userId: string): Promise<{ phone: Authenticator; codes: string[] }> {
  const { ctx } = platform;
  const secret = ctx.random.bytes(totpSecretLength);
  const phone = authenticatorOf(platform, new Secret({ buffer: new Uint8Array(secret).buffer }).base32);
  const lasting = createSealer({ secrets: ctx.config.secrets, issuer: "", epoch: "", random: ctx.random });
  const enrolled = await inTx(ctx, (tx) => enrolTotp(tx, lasting, { userId, secret, code: phone.code(-1) }));
  if (!enrolled.ok) throw new Error(enrolled.why);
  return { phone, codes: enrolled.recoveryCodes };
}
