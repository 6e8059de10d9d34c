import { Buffer } from "node:buffer";
import { type Chat, readChat } from "./chat-body.ts";
import { refuseUncovered } from "./chat-coverage.ts";
import type { Endpoint, Order } from "./endpoint.ts";

export const chatCompletions: Endpoint = {
  path: "/v1/chat/completions",
  upstreamPath: "/chat/completions",
  read(json) {
    const body = readChat(json);
    refuseUncovered(body);
    return orderOf(body);
  },
  countOutput({ choices }) {
    const messages: unknown[] = Array.isArray(choices) ? choices.map((choice) => choice?.message) : [];
    return Math.ceil(JSON.stringify(messages).length / charactersOfUsualToken);
  },
};

const charactersOfUsualToken = 4;

function orderOf(body: Chat): Order {
  const { max_tokens, max_completion_tokens, stream_options, ...rest } = body;
  const stream = body.stream === true;
  return {
    model: body.model,
    choices: body.n ?? 1,
    outputAsked: max_completion_tokens ?? max_tokens ?? undefined,
    stream,
    showsUsage: stream_options?.include_usage === true,
    surplus: surplusOf(body),
    write: (model, outputTokens) =>
      JSON.stringify({
        ...rest,
        model: model.upstreamModel,
        [model.outputLimitParameter]: outputTokens,
        ...(stream && { stream_options: { ...stream_options, include_usage: true } }),
      }),
  };
}

/** A template's own words: who the model is and what day it is; the marks around a message; how to call tools. */
const tokensAroundConversation = 128;
const tokensAroundMessage = 8;
const tokensAroundTools = 512;

/** Templates write schemas out again: indented, in another language, with words in between. */
const furtherTimesWritten = 2;

function surplusOf({ messages, tools, functions, response_format }: Chat): Order["surplus"] {
  const tokens = tokensAroundConversation + messages.length * tokensAroundMessage;
  const schemas = [tools, functions, response_format].filter((schema) => schema !== undefined && schema !== null);
  if (schemas.length === 0) return { tokens, bytes: 0 };
  const bytes = Buffer.byteLength(JSON.stringify(schemas));
  return { tokens: tokens + tokensAroundTools, bytes: furtherTimesWritten * bytes };
}
