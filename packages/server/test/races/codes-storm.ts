import { claimCode } from "../../src/people/index.ts";
import type { Platform } from "../../src/testing/platform.ts";

/** Many attempts at one code, at once. */
export interface CodeStorm {
  id: string;
  kind: string;
  codes: string[];
}

/** What each was answered: `ok`, or why not. */
export function claimAtOnce({ ctx }: Pick<Platform, "ctx">, { codes, ...claim }: CodeStorm): Promise<string[]> {
  return Promise.all(
    codes.map(async (code) => {
      const verdict = await claimCode(ctx, { ...claim, code }, async () => ({ ok: true as const }));
      return verdict.ok ? "ok" : verdict.why;
    }),
  );
}
