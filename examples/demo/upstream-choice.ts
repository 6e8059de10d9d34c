import { randomBytes } from "node:crypto";

/** Where the gateway forwards, as it will stand in the configuration. */
export interface UpstreamChoice {
  baseUrl: string;
  apiKey: string;
  /** The models to sell; those of `innkeeper.config.json` when absent. */
  models?: Record<string, object>;
}

export interface RealUpstream {
  /** Up to and including the version, such as `https://api.example/v1`. */
  baseUrl: string;
  apiKey: string;
  /** The model to sell; chosen from the provider's list when absent. */
  model?: string | undefined;
}

/** The demo sells a real model at these prices; nobody can know the provider's own. */
const demoPrices = { input: "2.00", cachedInput: "1.00", output: "100.00", call: "0" };
const maxOutputTokens = 800;
/** Models that a provider lists beside those one can chat with. */
const cannotChat = /embed|whisper|tts|audio|image|dall|moderation|realtime|transcribe|rerank|search/i;

export function demoUpstream(port: number): UpstreamChoice {
  return { baseUrl: `http://127.0.0.1:${port}/v1`, apiKey: randomBytes(24).toString("base64url") };
}

/** @throws Error with a sentence when the provider does not answer, or lists no model for a chat */
export async function realUpstream({ baseUrl, apiKey, model }: RealUpstream): Promise<UpstreamChoice> {
  const name = model ?? (await findModel(baseUrl, apiKey));
  return {
    baseUrl,
    apiKey,
    models: { [name]: { upstream: "main", upstreamModel: name, prices: demoPrices, maxOutputTokens } },
  };
}

async function findModel(baseUrl: string, apiKey: string): Promise<string> {
  const url = `${baseUrl.replace(/\/$/, "")}/models`;
  const advice = "Check UPSTREAM_BASE_URL and UPSTREAM_API_KEY, or name a model with UPSTREAM_MODEL.";
  const answer = await fetch(url, { headers: { authorization: `Bearer ${apiKey}` } }).catch(() => undefined);
  if (!answer?.ok)
    throw new Error(`The upstream did not list its models at ${url} (${answer?.status ?? "no answer"}). ${advice}`);
  const list = (await answer.json()) as { data?: { id: string }[] };
  const found = list.data?.find(({ id }) => !cannotChat.test(id));
  if (!found) throw new Error(`The upstream lists no model for a chat at ${url}. ${advice}`);
  return found.id;
}
