import { z } from "zod";
import { Fault } from "../../kernel/faults.ts";
import { describeMistake } from "../../kernel/mistake.ts";

const message = z.looseObject({
  role: z.enum(["developer", "system", "user", "assistant", "tool", "function"]),
  content: z.union([z.string(), z.null(), z.array(z.looseObject({ type: z.string() }))]).optional(),
});

const limit = z.int().min(1).max(100_000_000).nullish();

const chat = z.looseObject({
  model: z.string().min(1).max(256),
  messages: z.array(message).min(1).max(10_000),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.int().min(1).max(128).nullish(),
  max_tokens: limit,
  max_completion_tokens: limit,
  tools: z
    .array(z.looseObject({ type: z.string() }))
    .max(1000)
    .nullish(),
});

export type Chat = z.infer<typeof chat>;

/**
 * The body as it came, if it is one.
 * @throws Fault `invalid_request`
 */
export function readChat(json: unknown): Chat {
  const parsed = chat.safeParse(json, { error: describeMistake });
  if (parsed.success) return json as Chat;
  const [issue] = parsed.error.issues;
  const param = issue?.path.map(String).join(".") ?? "";
  throw new Fault("invalid_request", `${param || "The body"}: ${issue?.message ?? "is malformed"}`, {
    fields: { param: param || null },
  });
}
