import type { KeyScheme } from "./key-schemes.ts";

/** A key whose signature signs its owner in: a hotkey. Scheme and public key are its identity, however it is written. */
export interface SignatureKey {
  id: string;
  userId: string;
  scheme: KeyScheme;
  /** 64 lower-case hexadecimal digits. */
  publicKey: string;
  name: string;
  createdAt: number;
  lastUsedAt: number | null;
}
