import { chatCompletions } from "./chat-completions.ts";
import type { Endpoint } from "./endpoint.ts";

/** Every path that costs money. */
export const endpoints: readonly Endpoint[] = [chatCompletions];
