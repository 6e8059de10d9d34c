import { clientCredentials, clientCredentialsJwt } from "./client-credentials.ts";
import { codeFlow } from "./code-flow.ts";
import type { Figure } from "./figure.ts";
import { firstByte } from "./first-byte.ts";
import { gateway } from "./gateway.ts";
import { refreshPlain, refreshWithIdToken } from "./refresh.ts";
import { discovery, introspection, keySet, userinfo } from "./repeated.ts";
import { search } from "./search.ts";
import { streamMemory } from "./stream-memory.ts";
import { token } from "./token.ts";

/** Every figure, in the order in which it is measured. */
export const figures: readonly Figure[] = [
  token,
  refreshPlain,
  refreshWithIdToken,
  introspection,
  userinfo,
  codeFlow,
  clientCredentials,
  clientCredentialsJwt,
  keySet,
  discovery,
  gateway,
  firstByte,
  streamMemory,
  search,
];
