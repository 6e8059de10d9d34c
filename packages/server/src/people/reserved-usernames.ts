import { platformWords } from "../kernel/platform-words.ts";
import { normaliseUsername } from "./users.ts";

const reserved = new Set(platformWords);

/**
 * Whether a name says that its owner speaks for the platform, however it is written: nobody gives it to himself. Those of
 * the brand too, alone and beside another (`acme`, `acme-support`).
 */
export function isReservedUsername(username: string, brandName: string): boolean {
  const name = bare(normaliseUsername(username) ?? "");
  const brand = bare(brandName);
  if (reserved.has(name)) return true;
  if (brand === "" || !(name.startsWith(brand) || name.endsWith(brand))) return false;
  const beside = name.replace(brand, "");
  return beside === "" || reserved.has(beside);
}

function bare(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
}
