import type { Platform } from "../../src/testing/platform.ts";

export interface Polls {
  clientId: string;
  deviceCode: string;
  polls: number;
}

/** What each of many polls at once was told: `tokens`, or the word of the refusal. */
export function pollAtOnce(
  { fetch }: Pick<Platform, "fetch">,
  { clientId, deviceCode, polls }: Polls,
): Promise<string[]> {
  const poll = async () => {
    const grant_type = "urn:ietf:params:oauth:grant-type:device_code";
    const body = new URLSearchParams({ grant_type, device_code: deviceCode, client_id: clientId });
    const answer = (await (await fetch("/idp/token", { method: "POST", body })).json()) as Record<string, string>;
    return answer.access_token ? "tokens" : String(answer.error);
  };
  return Promise.all(Array.from({ length: polls }, poll));
}

/** How often each word was said. */
export function countWords(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
