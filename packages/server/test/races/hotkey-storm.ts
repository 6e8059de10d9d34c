import type { Platform } from "../../src/testing/platform.ts";

/** One request, sent many times at once. */
export interface Storm {
  path: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
  peer: string;
  times: number;
}

/** What each was answered: the status and, if it leads somewhere, where. */
export function sendAtOnce({ fetch }: Pick<Platform, "fetch">, { path, times, ...init }: Storm): Promise<string[]> {
  const send = async () => {
    const answer = await fetch(path, init);
    await answer.arrayBuffer();
    const location = answer.headers.get("location");
    return location === null ? String(answer.status) : `${answer.status} ${location}`;
  };
  return Promise.all(Array.from({ length: times }, send));
}
