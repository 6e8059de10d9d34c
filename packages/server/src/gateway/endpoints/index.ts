import { chatCompletions } from "./chat-completions.ts";
import type { Endpoint } from "./endpoint.ts";

/** Every path that costs money. */
// biome-ignore lint/suspicious/noExplicitAny: each endpoint reads the body that it judged itself.
export const endpoints: readonly Endpoint<any>[] = [chatCompletions];
