import { expect, it } from "vitest";
import { z } from "zod";
import { describeMistake } from "./mistake.ts";

function told(schema: z.ZodType, value: unknown): string[] {
  return schema.safeParse(value, { error: describeMistake }).error?.issues.map(({ message }) => message) ?? [];
}

const kind = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("none") }),
  z.object({ kind: z.literal("some"), of: z.string() }),
]);
const content = z.union([z.string(), z.null(), z.array(z.object({ type: z.string() }))]);

it.each<[string, z.ZodType, unknown]>([
  ["must be a string", z.string(), 7],
  ["must be a whole number", z.int(), 1.5],
  ["must be true or false", z.boolean(), "yes"],
  ["must be an array", z.array(z.string()), {}],
  ["must be an object", z.record(z.string(), z.string()), []],
  ["must be an object", z.strictObject({}), null],
  ["must be a number", z.number(), Number.NaN],
  ["must be 1 or more", z.int().min(1), 0],
  ["must be more than 0", z.number().gt(0), 0],
  ["must be 60 or less", z.int().max(60), 61],
  ["must be less than 1", z.number().lt(1), 1],
  ["must be a multiple of 5", z.int().multipleOf(5), 7],
  ["must not be empty", z.string().min(1), ""],
  ["must not be empty", z.array(z.string()).min(1), []],
  ["must have at least 3 characters", z.string().min(3), "ab"],
  ["must have at most 1 character", z.string().max(1), "ab"],
  ["must have at most 2 entries", z.array(z.int()).max(2), [1, 2, 3]],
  ['must be "day", "week" or "month"', z.enum(["day", "week", "month"]), "year"],
  ['must be "none"', z.literal("none"), "some"],
  ["must be an email address", z.email(), "maya"],
  ["must be well-formed", z.string().regex(/^a$/), "b"],
  ['has no "b" or "c"', z.strictObject({ a: z.string() }), { a: "", b: 1, c: 1 }],
  ["its name must be an a", z.record(z.string().regex(/^a$/, "must be an a"), z.int()), { b: 1 }],
  ['must be "none" or "some"', kind, { kind: "other" }],
  ["is missing", kind, {}],
  ["must be an object", kind, "none"],
  ["must be a string, null or an array", content, 7],
  ["1.type is missing", content, [{ type: "text" }, {}]],
  ["is missing", z.object({ a: z.string() }), {}],
  ["is missing", z.object({ a: z.enum(["b"]) }), {}],
  ["is not right", z.string().refine(() => false), "a"],
])("says that a value %s", (sentence, schema, value) => {
  expect(told(schema, value)).toEqual([sentence]);
});

it("leaves a shape its own words, and never repeats a value", () => {
  expect(told(z.string().min(9, "is too short"), "s3cret")).toEqual(["is too short"]);
  const every = z.union([z.enum(["a"]), z.int(), z.email(), z.string().max(2), z.array(z.string())]);
  expect(told(every, "s3cret").join()).not.toContain("s3cret");
});
