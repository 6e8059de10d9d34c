import type { Ctx } from "../context.ts";
import { createDevelopmentVerifier } from "./phone-development.ts";
import { createServiceVerifier } from "./phone-service.ts";
import type { PhoneVerifier } from "./phone-verifier.ts";

/** The one of the configuration; undefined where numbers are not verified at all. */
export function createPhoneVerifier(ctx: Ctx): PhoneVerifier | undefined {
  const { phone } = ctx.config;
  if (phone.kind === "verify") return createServiceVerifier(ctx, phone);
  return phone.kind === "development" ? createDevelopmentVerifier(ctx) : undefined;
}
