/**
 * - `number`: nothing can be sent there.
 * - `busy`: the provider wants fewer calls, for this number or altogether.
 * - `unavailable`: nobody knows what became of it.
 */
export type PhoneStart = { ok: true; reference: string } | { ok: false; why: "number" | "busy" | "unavailable" };

/** `gone`: expired, used, or tried too often, by the provider's own count. */
export type PhoneCheck = { ok: true } | { ok: false; why: "wrong" | "gone" | "busy" | "unavailable" };

/** Sends a code to a number and later judges what was typed. Whatever costs money is limited before it is called. */
export interface PhoneVerifier {
  /** `number` is E.164, `language` one of the pages'. */
  start(number: string, language: string): Promise<PhoneStart>;
  /** `code` is a few digits. */
  check(reference: string, code: string): Promise<PhoneCheck>;
  /** The code itself, where nobody sends it. */
  reveal?(reference: string): string;
}
