import type { Asked } from "../../consent/index.ts";
import type { Acr } from "../../people/index.ts";

export const prompts = ["none", "login", "consent", "select_account"] as const;
export type Prompt = (typeof prompts)[number];

/** An authorization request that passed every check. It travels sealed, so nothing a browser carries can change it. */
export interface AuthorizeRequest extends Asked {
  clientId: string;
  redirectUri: string;
  /** Comes back exactly as it was sent. */
  state: string | null;
  nonce: string | null;
  /** S256 of the verifier, 43 characters; null where an operator let the app go without. */
  codeChallenge: string | null;
  prompt: Prompt[];
  maxAgeSeconds: number | null;
  /** How surely the person must have been recognised, at least. */
  acr: Acr | null;
  /** What the person may be called, to fill in the form. */
  loginHint: string | null;
  /** `ui_locales`: the languages that the app asks its pages in, most wanted first. */
  uiLocales: string | null;
  /** Epoch milliseconds. */
  receivedAt: number;
}
