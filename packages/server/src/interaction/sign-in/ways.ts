import type { PasswordHasher } from "../../kernel/password.ts";
import type { KeyNonces } from "../../people/index.ts";
import type { Desk } from "../desk.ts";
import type { Entrance } from "./entrance.ts";
import { createHotkeyWay } from "./hotkey.ts";
import { createPasswordWay, type PasswordWay } from "./password.ts";
import type { Way } from "./way.ts";

/** What the ways of signing in stand on. */
export interface WaysIn {
  hasher: PasswordHasher;
  nonces: KeyNonces;
}

/** Every way of signing in; the page shows the others in this order. */
export function createWays(
  desk: Desk,
  entrance: Entrance,
  { hasher, nonces }: WaysIn,
): { password: PasswordWay; others: readonly Way[] } {
  const others = [createHotkeyWay(desk, entrance, nonces)];
  return { password: createPasswordWay(desk, entrance, hasher, others), others };
}
