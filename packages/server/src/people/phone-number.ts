/** 15 digits at most (E.164 6.2), and what people write between them. */
const shape = /^(?:\+|00)[\d\s().\-/]{5,30}$/;

/**
 * Only these are sent codes: numbers at a premium are a way to earn by asking for codes, and the rest reaches no person.
 */
const reached: ReadonlySet<string> = new Set(["MOBILE", "FIXED_LINE_OR_MOBILE", "FIXED_LINE", "VOIP"]);

/**
 * In E.164; undefined for what is no number of a person, or lacks its country. Satellites and networks of no country cost as
 * much as a premium does. Wide signs are signs.
 * @param countries ISO 3166-1 alpha-2; all when left out
 */
export async function readPhoneNumber(text: string, countries?: readonly string[]): Promise<string | undefined> {
  // Normalising takes the square of the length of a hostile text.
  const plain = text.length > 40 ? "" : text.normalize("NFKC").trim();
  if (!shape.test(plain)) return undefined;
  const { parsePhoneNumberFromString } = await load();
  const parsed = parsePhoneNumberFromString(plain.replace(/^00/, "+"));
  const type = parsed?.isValid() ? parsed.getType() : undefined;
  if (!parsed?.country || type === undefined || !reached.has(type)) return undefined;
  return !countries || countries.includes(parsed.country) ? parsed.number : undefined;
}

/** In groups, for people. */
export async function showPhoneNumber(number: string): Promise<string> {
  const { parsePhoneNumberFromString } = await load();
  return parsePhoneNumberFromString(number)?.formatInternational() ?? number;
}

/** The rules of all countries take long to load, so they are loaded with the first number. */
function load() {
  return import("libphonenumber-js/max");
}
