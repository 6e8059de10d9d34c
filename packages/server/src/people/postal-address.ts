import { z } from "zod";

const line = z.string().trim().min(1).max(200).optional();

/** Where somebody can be written to, by the names of OpenID Connect Core 5.1.1. */
export const postalAddressShape = z.strictObject({
  formatted: z.string().trim().min(1).max(1000).optional(),
  street_address: z.string().trim().min(1).max(400).optional(),
  locality: line,
  region: line,
  postal_code: line,
  country: line,
});

export type PostalAddress = z.output<typeof postalAddressShape>;

/** As it is stored; undefined for none. */
export function readPostalAddress(text: string | null): PostalAddress | undefined {
  if (text === null) return undefined;
  const address = postalAddressShape.safeParse(JSON.parse(text)).data;
  return address && Object.keys(address).length > 0 ? address : undefined;
}

/** In one line, for the person whose it is. */
export function postalAddressLine(address: PostalAddress): string {
  const { formatted, street_address, postal_code, locality, region, country } = address;
  const town = [postal_code, locality].filter((part) => part !== undefined).join(" ");
  const parts = [street_address, town || undefined, region, country].filter((part) => part !== undefined);
  return (formatted ?? parts.join(", ")).replaceAll(/\s*\n\s*/g, ", ");
}
