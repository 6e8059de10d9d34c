/** What seals and what signs. */
export { type Keyring, openKeyring } from "./keyring.ts";
export { generateSigningKey, keySetCachedSeconds, type NewSigningKey, rotateSigningKey } from "./rotation.ts";
export { openSeals, renewEpoch, type Seals } from "./seals.ts";
export { type SigningAlg, signingAlgs } from "./sign.ts";
export { rotateOldKeys } from "./succession.ts";
