import type { Config } from "../config/config.ts";
import type { Ctx } from "../context.ts";
import { createSealer, openJson, type Sealer, sealJson } from "../kernel/seal.ts";
import type { Mail } from "./mail.ts";

const purpose = "mail";

// One configuration per process. Sealed like everything that outlives a restored backup, but by keys of its own.
const sealers = new WeakMap<Config, Sealer>();

function sealerOf({ config, random }: Ctx): Sealer {
  const known = sealers.get(config);
  if (known) return known;
  const sealer = createSealer({ secrets: config.secrets, issuer: "", epoch: "", random });
  sealers.set(config, sealer);
  return sealer;
}

export function sealMail(ctx: Ctx, mail: Mail): string {
  return sealJson(sealerOf(ctx), purpose, mail);
}

/** Undefined when the secret that sealed it was retired meanwhile. */
export function openMail(ctx: Ctx, sealed: string | null): Mail | undefined {
  return sealed === null ? undefined : openJson<Mail>(sealerOf(ctx), purpose, sealed);
}
