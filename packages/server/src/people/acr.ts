/** How surely somebody was recognised (OpenID Connect Core 2, `acr`), the weaker first. */
export const acrs = ["urn:innkeeper:acr:1", "urn:innkeeper:acr:2"] as const;

/** One factor; two, or a passkey that knows its user. */
export type Acr = (typeof acrs)[number];

export const [oneFactor, twoFactors] = acrs;

/** What was said of somebody reaches what is asked for. Nothing asked is reached by anything. */
export function reachesAcr(had: Acr | null, asked: Acr | null): boolean {
  return asked !== twoFactors || had === twoFactors;
}

/** Undefined for a text that is none of them. */
export function readAcr(text: string | null | undefined): Acr | undefined {
  return acrs.find((acr) => acr === text);
}
