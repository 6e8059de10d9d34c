import type { Agent } from "undici";
import type { Upstream } from "../config/config.ts";
import { type UpstreamAnswer, UpstreamCall } from "./upstream-call.ts";

/** In milliseconds. */
export interface UpstreamLimits {
  connectMs: number;
  /** Until the answer begins. */
  firstByteMs: number;
  /** Between two pieces of the answer. */
  idleMs: number;
  /** For the whole call, draining included. */
  wholeMs: number;
}

export interface Upstreams {
  /**
   * @param name a key of the configured upstreams
   * @throws Fault `upstream_error` or `upstream_timeout` when no answer begins.
   */
  post(name: string, path: string, body: string): Promise<UpstreamAnswer>;
  /** Gives up what is under way. */
  destroy(): Promise<void>;
}

/** Where calls go is the operator's own setting, so no guard stands before it. */
export function createUpstreams(upstreams: Readonly<Record<string, Upstream>>, limits: UpstreamLimits): Upstreams {
  const targets = new Map(Object.entries(upstreams).map(([name, upstream]) => [name, targetOf(upstream)]));
  let agent: Promise<Agent> | undefined;
  return {
    async post(name, path, body) {
      const { origin, basePath, headers } = targets.get(name)!;
      agent ??= openAgent(limits);
      const dispatcher = await agent;
      return new Promise((resolve, reject) => {
        const call = new UpstreamCall(limits.wholeMs, resolve, reject);
        dispatcher.dispatch({ origin, path: basePath + path, method: "POST", headers, body }, call);
      });
    },
    destroy: async () => (await agent)?.destroy(),
  };
}

/** undici takes long to load, so it is loaded with the first call. */
async function openAgent({ connectMs, firstByteMs, idleMs }: UpstreamLimits): Promise<Agent> {
  const { Agent } = await import("undici");
  return new Agent({
    connect: { timeout: connectMs },
    headersTimeout: firstByteMs,
    bodyTimeout: idleMs,
    // One stream for each connection, so that holding one back holds back no other.
    allowH2: false,
  });
}

/** Made once: nothing of a client's request ever gets in here. */
function targetOf({ baseUrl, apiKey }: Upstream) {
  const { origin, pathname } = new URL(baseUrl);
  return {
    origin,
    basePath: pathname.replace(/\/+$/, ""),
    headers: {
      authorization: `Bearer ${apiKey}`,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "accept-encoding": "identity",
      "user-agent": "innkeeper",
    },
  };
}
