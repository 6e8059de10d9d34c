import type { z } from "zod";

type Mistake = z.core.$ZodRawIssue;
type MistakeOf<Code> = Extract<Mistake, { code: Code }>;

/**
 * What is wrong with a value, as the end of a sentence that begins with its name: `must be a number`. Given to zod as `error`,
 * it speaks wherever a shape has no words of its own. It never repeats the value, which may be a secret.
 */
export function describeMistake(mistake: Mistake): string {
  if (isMissing(mistake)) return "is missing";
  switch (mistake.code) {
    case "invalid_type":
      return `must be ${kindOf(mistake.expected)}`;
    case "invalid_value":
      return `must be ${oneOf(mistake.values)}`;
    case "too_small":
      return describeLeast(mistake);
    case "too_big":
      return describeMost(mistake);
    case "not_multiple_of":
      return `must be a multiple of ${mistake.divisor}`;
    case "invalid_format":
      return `must be ${formats[mistake.format] ?? "well-formed"}`;
    case "unrecognized_keys":
      return `has no ${oneOf(mistake.keys)}`;
    case "invalid_key":
      return `its name ${mistake.issues[0]?.message ?? "is not allowed"}`;
    case "invalid_union":
      return describeUnion(mistake);
    default:
      return "is not right";
  }
}

/** A choice by one member is missing when that member is. */
function isMissing(mistake: Mistake): boolean {
  const { input } = mistake;
  if (mistake.code !== "invalid_union" || !mistake.discriminator) return input === undefined;
  return typeof input === "object" && input !== null && !Object.hasOwn(input, mistake.discriminator);
}

function kindOf(expected: string): string {
  return kinds[expected] ?? expected;
}

const kinds: Record<string, string> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "an array",
  object: "an object",
  record: "an object",
};

const formats: Record<string, string> = {
  email: "an email address",
  url: "a URL",
  date: "a date, such as 2027-01-31",
  datetime: "a time of ISO 8601, such as 2027-01-31T12:00:00Z",
};

/** What is counted in a value that has a length; numbers count for themselves. */
const countedIn: Record<string, [one: string, many: string]> = {
  string: ["character", "characters"],
  array: ["entry", "entries"],
};

function describeLeast({ origin, minimum, inclusive }: MistakeOf<"too_small">): string {
  const counted = countedIn[origin];
  if (!counted) return inclusive ? `must be ${minimum} or more` : `must be more than ${minimum}`;
  return minimum === 1 ? "must not be empty" : `must have at least ${minimum} ${counted[1]}`;
}

function describeMost({ origin, maximum, inclusive }: MistakeOf<"too_big">): string {
  const counted = countedIn[origin];
  if (!counted) return inclusive ? `must be ${maximum} or less` : `must be less than ${maximum}`;
  return `must have at most ${maximum} ${counted[maximum === 1 ? 0 : 1]}`;
}

function describeUnion({ options, errors }: MistakeOf<"invalid_union">): string {
  if (Array.isArray(options) && options.length > 0) return `must be ${oneOf(options)}`;
  // The kind that it is, with a mistake inside, says more than the kinds that it is not.
  const inside = errors.flat().find(({ path }) => path.length > 0);
  if (inside) return `${inside.path.map(String).join(".")} ${inside.message}`;
  const messages = errors.flatMap(([first]) => first?.message ?? []);
  return messages.length === 0
    ? "is not right"
    : `must be ${list(messages.map((words) => words.replace(/^must be /, "")))}`;
}

function oneOf(values: readonly z.core.util.Primitive[]): string {
  return list(values.map((value) => (typeof value === "string" ? JSON.stringify(value) : String(value))));
}

function list(words: readonly string[]): string {
  return new Intl.ListFormat("en-GB", { type: "disjunction" }).format(words);
}
