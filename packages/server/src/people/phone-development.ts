import type { Ctx } from "../context.ts";
import { assert } from "../kernel/assert.ts";
import { keyedHash, sameText } from "../kernel/hash.ts";
import type { PhoneVerifier } from "./phone-verifier.ts";

/** Sends nothing: the page shows the code. Whoever develops a platform has no contract with anybody who sends messages. */
export function createDevelopmentVerifier({ config, random }: Ctx): PhoneVerifier {
  // The configuration says so too; a code that is shown proves nothing, so it is said twice.
  assert(config.issuer.startsWith("http://"), "the development verifier runs on a loopback issuer only");
  const codeOf = (reference: string) => {
    const hash = keyedHash(config.secrets[0]!, "phone_development", reference);
    return String(Number.parseInt(hash.slice(0, 12), 16) % 1_000_000).padStart(6, "0");
  };
  return {
    start: async () => ({ ok: true, reference: random.id("phv") }),
    check: async (reference, code) =>
      sameText(code, codeOf(reference)) ? { ok: true } : { ok: false, why: "wrong" as const },
    reveal: codeOf,
  };
}
