import { z } from "zod";
import type { Model } from "../../config/config.ts";
import { Fault } from "../../kernel/faults.ts";
import { estimateTokens } from "../pricing.ts";
import type { Bound, Endpoint } from "./endpoint.ts";

const part = z.looseObject({ type: z.string() });

const message = z.looseObject({
  role: z.enum(["developer", "system", "user", "assistant", "tool", "function"]),
  content: z.union([z.string(), z.null(), z.array(part)]).optional(),
});

const body = z.looseObject({
  model: z.string().min(1).max(256),
  messages: z.array(message).min(1).max(10_000),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.int().min(1).max(128).nullish(),
  max_tokens: z.int().min(1).max(100_000_000).nullish(),
  max_completion_tokens: z.int().min(1).max(100_000_000).nullish(),
  tools: z
    .array(z.looseObject({ type: z.string() }))
    .max(1000)
    .nullish(),
});

export type ChatBody = z.infer<typeof body>;

/** What a price for input and output tokens covers. Anything else could cost more than was held, so it is refused. */
const covered = new Set([
  ...[
    "model",
    "messages",
    "stream",
    "stream_options",
    "n",
    "max_tokens",
    "max_completion_tokens",
    "tools",
    "tool_choice",
  ],
  ...["parallel_tool_calls", "functions", "function_call", "response_format", "stop", "temperature", "top_p", "top_k"],
  ...["min_p", "presence_penalty", "frequency_penalty", "repetition_penalty", "logit_bias", "logprobs", "top_logprobs"],
  ...[
    "seed",
    "user",
    "metadata",
    "reasoning_effort",
    "reasoning",
    "verbosity",
    "safety_identifier",
    "prompt_cache_key",
  ],
  ...["chat_template_kwargs", "guided_json", "guided_regex", "guided_choice", "ignore_eos", "min_tokens"],
]);

const coveredParts = new Set(["text", "refusal"]);

/** Templates put a few tokens around a conversation and around each message, beyond the bytes of their JSON. */
const tokensAroundConversation = 16;
const tokensAroundMessage = 8;

export const chatCompletions: Endpoint<ChatBody> = {
  path: "/v1/chat/completions",
  upstreamPath: "/chat/completions",

  read(json) {
    const parsed = body.safeParse(json);
    if (!parsed.success) throw malformed(parsed.error);
    refuseUncovered(parsed.data);
    return parsed.data;
  },

  bound(body, model, bytes): Bound {
    const asked = body.max_completion_tokens ?? body.max_tokens ?? undefined;
    const around = tokensAroundConversation + tokensAroundMessage * body.messages.length;
    return {
      inputTokens: Math.ceil(bytes / model.bytesPerToken) + around,
      choices: body.n ?? 1,
      outputTokens: Math.min(asked ?? model.maxOutputTokens, model.maxOutputTokens),
      outputAsked: asked !== undefined,
      stream: body.stream === true,
    };
  },

  forward(body, model: Model, outputTokens) {
    const { max_tokens: _, max_completion_tokens: __, stream_options: options, ...rest } = body;
    return {
      ...rest,
      model: model.upstreamModel,
      [model.outputLimitParameter]: outputTokens,
      ...(body.stream === true ? { stream_options: { ...options, include_usage: true } } : {}),
    };
  },

  showsUsage: (body) => body.stream_options?.include_usage === true,

  estimate(answer) {
    const parsed = answerText.safeParse(answer);
    const texts = parsed.success ? parsed.data.choices.map(({ message }) => JSON.stringify(message)) : [];
    return { outputTokens: texts.reduce((sum, text) => sum + estimateTokens(text), 0) };
  },
};

const answerText = z.looseObject({ choices: z.array(z.looseObject({ message: z.unknown() })) });

function refuseUncovered(body: ChatBody): void {
  for (const name of Object.keys(body)) {
    if (!covered.has(name) && body[name] !== undefined && body[name] !== null)
      throw uncovered(name, `The parameter ${name} is`);
  }
  for (const { content } of body.messages) {
    if (!Array.isArray(content)) continue;
    for (const { type } of content) {
      if (!coveredParts.has(type))
        throw uncovered("messages", `Content of the type ${JSON.stringify(type.slice(0, 64))} is`);
    }
  }
  for (const { type } of body.tools ?? []) {
    if (type !== "function" && type !== "custom")
      throw uncovered("tools", `The tool ${JSON.stringify(type.slice(0, 64))} is`);
  }
}

function uncovered(param: string, subject: string): Fault {
  return new Fault("unsupported_parameter", `${subject} not covered by this model's price. Leave it out.`, {
    fields: { param },
  });
}

function malformed(error: z.ZodError): Fault {
  const [issue] = error.issues;
  const param = issue?.path.map(String).join(".") ?? "";
  return new Fault("invalid_request", `${param || "The body"}: ${issue?.message ?? "is malformed"}`, {
    fields: { param: param || null },
  });
}
