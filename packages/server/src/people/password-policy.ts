/** What is wrong with a new password; undefined when it may be used. */
export type PasswordFault = "too_short" | "too_long" | "too_common" | "too_personal";

export const shortestPassword = 12;
const longestPassword = 256;
/** Characters may be written in several parts. Normalising takes the square of the length of a hostile text. */
const longestWritten = 4 * longestPassword;

/**
 * NIST SP 800-63B 3.1.1.2: length and a list, no rules about signs. `personal` are texts that everybody may know, such
 * as username and address.
 */
export async function judgePassword(
  password: string,
  personal: readonly (string | null)[],
): Promise<PasswordFault | undefined> {
  if (password.length > longestWritten) return "too_long";
  const text = password.normalize("NFKC");
  const length = [...text].length;
  if (length < shortestPassword) return "too_short";
  if (length > longestPassword) return "too_long";
  const plain = text.toLowerCase();
  const known = await commonPasswords();
  if (known.has(plain) || repeats(plain) || unwrap(plain).some((core) => known.has(core))) return "too_common";
  const isPersonal = personal.some(
    (word) => word !== null && word.length > 3 && leftOver(plain, word.toLowerCase()) < 6,
  );
  return isPersonal ? "too_personal" : undefined;
}

let loaded: Promise<ReadonlySet<string>> | undefined;

/** About 50,000 leaked passwords, read when the first one is judged. */
function commonPasswords(): Promise<ReadonlySet<string>> {
  loaded ??= import("@zxcvbn-ts/language-common").then(({ dictionary }) => new Set(dictionary.passwords.map(String)));
  return loaded;
}

/** A common password stays common with digits or signs around it, or written twice. */
function unwrap(plain: string): string[] {
  const core = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  const half = plain.slice(0, plain.length / 2);
  const twice = plain.length % 2 === 0 && half + half === plain;
  return [...(plain.length - core.length < 8 && core.length > 3 ? [core] : []), ...(twice ? [half] : [])];
}

function repeats(plain: string): boolean {
  return new Set(plain).size < 4;
}

function leftOver(plain: string, word: string): number {
  return plain.includes(word) ? plain.length - word.length : plain.length;
}
