import { Fault } from "../../kernel/faults.ts";
import type { Chat } from "./chat-body.ts";

/**
 * What prices of input and output cover. Anything else could cost more than was held, such as pictures, searches, faster
 * service or predictions, so it is refused.
 */
const parameters = words(`
  model messages stream stream_options n max_tokens max_completion_tokens
  tools tool_choice parallel_tool_calls functions function_call response_format
  temperature top_p top_k min_p presence_penalty frequency_penalty repetition_penalty logit_bias seed stop
  logprobs top_logprobs reasoning reasoning_effort verbosity
  user metadata safety_identifier prompt_cache_key`);

const membersOfMessage = words(`
  role content name refusal annotations tool_calls tool_call_id function_call
  reasoning reasoning_content reasoning_details`);

const membersOfPart = words("type text refusal");
const kindsOfPart = words("text refusal");
const kindsOfTool = words("function custom");

/** @throws Fault `unsupported_parameter` */
export function refuseUncovered(body: Chat): void {
  refuseMembers(body, parameters, "");
  for (const message of body.messages) {
    refuseMembers(message, membersOfMessage, "messages.");
    if (!Array.isArray(message.content)) continue;
    for (const part of message.content) {
      if (!kindsOfPart.has(part.type)) throw uncovered("messages", `Content of the type ${quoted(part.type)}`);
      refuseMembers(part, membersOfPart, "messages.content.");
    }
  }
  for (const { type } of body.tools ?? []) {
    if (!kindsOfTool.has(type)) throw uncovered("tools", `The tool ${quoted(type)}`);
  }
}

function refuseMembers(value: Record<string, unknown>, covered: ReadonlySet<string>, place: string): void {
  for (const name of Object.keys(value)) {
    if (covered.has(name) || value[name] === undefined || value[name] === null) continue;
    throw uncovered(place + name, `The parameter ${quoted(place + name)}`);
  }
}

function uncovered(param: string, subject: string): Fault {
  return new Fault("unsupported_parameter", `${subject} is not covered by this model's price. Leave it out.`, {
    fields: { param: param.slice(0, longestName) },
  });
}

const longestName = 64;

function quoted(name: string): string {
  return JSON.stringify(name.slice(0, longestName));
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
