import { z } from "zod";
import type { Tx } from "../context.ts";
import { announce, recordAudit } from "../events/index.ts";
import { isOrdinaryLine } from "../kernel/ordinary-line.ts";
import { clearAddress, updateAddress } from "./postal-address.sql.ts";

/** Printed on envelopes and shown by apps. */
const isOrdinary = (text: string) => text.split("\n").every((line) => line.trim() === "" || isOrdinaryLine(line));

/** What looks the same is stored the same. */
const lines = (longest: number) =>
  z
    .string()
    .normalize("NFC")
    .overwrite((text) => text.replaceAll(/\r\n?/g, "\n").trim())
    .min(1)
    .max(longest)
    .refine(isOrdinary, "Ordinary text")
    .optional();

const line = lines(200).refine((text) => !text?.includes("\n"), "One line");

/** What somebody writes of where he can be written to. */
export const postalAddressParts = z.strictObject({
  street_address: lines(400),
  locality: line,
  region: line,
  postal_code: line,
  country: line,
});

/** Where somebody can be written to, by the names of OpenID Connect Core 5.1.1. */
export const postalAddressShape = postalAddressParts.extend({ formatted: lines(1000) });

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

/**
 * Apps that may see it see the new one from their next call on; one without a single part is none. The log says that it was
 * changed, and never where somebody lives. False when it was so already, or the user is deleted.
 */
export async function setPostalAddress(tx: Tx, userId: string, address: PostalAddress | null): Promise<boolean> {
  const isSome = Object.values(address ?? {}).some((part) => part !== undefined);
  const changed = isSome ? await updateAddress(tx, userId, JSON.stringify(address)) : await clearAddress(tx, userId);
  if (!changed) return false;
  await announce(tx, "user", userId);
  await recordAudit(tx, { actorId: userId, action: "user.address_changed", subjectId: userId });
  return true;
}
