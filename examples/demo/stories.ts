import OpenAI, { APIError } from "openai";
import type { Account, Turn } from "./account.ts";
import { type Platform, SignInEnded } from "./platform.ts";
import { fetchWithReceipt } from "./receipts.ts";

const instructions = "You are Storyteller. Answer with one short story of a few paragraphs, in plain text.";
/** How many earlier stories a new one may refer to; every one of them is paid for again as input. */
const remembered = 3;

/** The models the user may choose from, as the gateway lists them. */
export async function listModels(issuer: URL, accessToken: string): Promise<string[]> {
  const models: string[] = [];
  for await (const model of openaiFor(issuer, accessToken).models.list()) models.push(model.id);
  return models;
}

/**
 * Writes a story, piece by piece, on the user's own bill. `turn` grows with it and joins the account's turns.
 * @throws SignInEnded, or OpenAI's APIError for every refusal of the gateway
 */
export async function* tellStory(
  platform: Platform,
  issuer: URL,
  account: Account,
  turn: Turn,
): AsyncGenerator<string, void> {
  const earlier = account.turns.slice(-remembered);
  const chunks = await open(platform, issuer, account, [...earlier, turn], (costMicros) => {
    turn.costMicros = costMicros;
    if (account.budget) account.budget.remainingMicros = Math.max(0, account.budget.remainingMicros - costMicros);
  });
  for await (const chunk of chunks) {
    const choice = chunk.choices[0];
    if (choice?.finish_reason === "length") turn.cutShort = true;
    const piece = choice?.delta.content;
    if (!piece) continue;
    if (!turn.text) account.turns.push(turn);
    turn.text += piece;
    yield piece;
  }
}

/** The stream of one call. A token that is refused is renewed once: it may have ended earlier than it said. */
async function open(
  platform: Platform,
  issuer: URL,
  account: Account,
  turns: Turn[],
  onCost: (costMicros: number) => void,
) {
  const call = async () =>
    openaiFor(issuer, await platform.freshToken(account), onCost).chat.completions.create({
      model: turns.at(-1)!.model,
      messages: messagesOf(turns),
      stream: true,
    });
  try {
    return await call();
  } catch (error) {
    if (!hasStatus(error, 401)) throw error;
    account.renewAt = 0;
  }
  return await call().catch((error) => {
    throw hasStatus(error, 401) ? new SignInEnded("revoked") : error;
  });
}

function messagesOf(turns: Turn[]): OpenAI.ChatCompletionMessageParam[] {
  const spoken = turns.flatMap(({ prompt, text }): OpenAI.ChatCompletionMessageParam[] => [
    { role: "user", content: prompt },
    { role: "assistant", content: text },
  ]);
  // The last answer is the one to come.
  return [{ role: "system", content: instructions }, ...spoken.slice(0, -1)];
}

function hasStatus(error: unknown, status: number): boolean {
  return error instanceof APIError && error.status === status;
}

/** OpenAI's own client, told only where to go and whose money it is. Refusals are shown, so nothing is retried silently. */
function openaiFor(issuer: URL, accessToken: string, onCost: (costMicros: number) => void = () => {}): OpenAI {
  return new OpenAI({
    baseURL: new URL("/v1", issuer).href,
    apiKey: accessToken,
    maxRetries: 0,
    fetch: fetchWithReceipt(onCost),
  });
}
