import { z } from "zod";
import type { FaultCode } from "../kernel/faults.ts";
import { bearerCredentials } from "./openapi-credentials.ts";
import { answer, type Entry, json } from "./openapi-entry.ts";

const tag = "Gateway";

const chat = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string() })).min(1),
  stream: z.boolean().nullish(),
  n: z.int().min(1).max(128).nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
});

const completion = z.looseObject({ id: z.string(), choices: z.array(z.looseObject({})) });

const models = z.object({
  object: z.literal("list"),
  data: z.array(z.object({ id: z.string(), object: z.literal("model"), created: z.int(), owned_by: z.string() })),
});

const resource = z.looseObject({ resource: z.url(), authorization_servers: z.array(z.url()) });

const calling: readonly FaultCode[] = ["invalid_token", "insufficient_scope", "temporarily_unavailable"];
const spending: readonly FaultCode[] = [
  "invalid_request",
  "payload_too_large",
  "unsupported_media_type",
  "unsupported_parameter",
  "model_not_found",
  "budget_exceeded",
  "insufficient_balance",
  "budget_in_flight",
  "idempotency_conflict",
  "upstream_error",
  "upstream_timeout",
];

/** Models, in the words that OpenAI's clients speak. */
export function gatewayEntries(): Entry[] {
  return [
    {
      ...{ method: "POST", path: "/v1/chat/completions", tag, credentials: bearerCredentials, shape: "openai" },
      summary: "Let a model answer, on the bill of whoever allowed it",
      description: "Held before the call and settled after it. The rest of the body goes to the model as it stands.",
      body: { content: json(chat), required: true },
      answers: {
        200: { description: "The answer, or its stream", content: { ...json(completion), "text/event-stream": null } },
      },
      refusals: [...calling, ...spending],
    },
    {
      ...{ method: "GET", path: "/v1/models", tag, credentials: bearerCredentials, shape: "openai" },
      summary: "List the models that may be called",
      answers: answer(models),
      refusals: calling,
    },
    {
      ...{ method: "GET", path: "/.well-known/oauth-protected-resource/v1", tag, credentials: [], shape: "openai" },
      summary: "Describe the gateway to OAuth clients (RFC 9728)",
      answers: answer(resource),
      refusals: [],
    },
  ];
}
