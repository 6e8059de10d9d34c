import { expect, it } from "vitest";
import { readReport } from "./report.ts";

const report = { prompt_tokens: 10, completion_tokens: 5 };
const usage = { inputTokens: 10, cachedInputTokens: 0, outputTokens: 5, estimated: false };

it("reads what was reported", () => {
  expect(readReport(report)).toEqual(usage);
  expect(readReport({ ...report, prompt_tokens_details: null })).toEqual(usage);
  const details = { prompt_tokens_details: { cached_tokens: 4 } };
  expect(readReport({ ...report, ...details })).toEqual({ ...usage, cachedInputTokens: 4 });
});

it("never finds more input cached than there was", () => {
  const details = { prompt_tokens_details: { cached_tokens: 11 } };
  expect(readReport({ ...report, ...details })?.cachedInputTokens).toBe(10);
});

it("[P10] keeps a reported zero zero", () => {
  expect(readReport({ prompt_tokens: 0, completion_tokens: 0 })).toEqual({ ...usage, inputTokens: 0, outputTokens: 0 });
});

it.each([
  null,
  undefined,
  {},
  [],
  "10",
  { prompt_tokens: 1 },
  { ...report, completion_tokens: -1 },
  { ...report, prompt_tokens: 0.5 },
])("takes %j for no report", (value) => {
  expect(readReport(value)).toBeUndefined();
});

it("takes no report of more tokens than any model ever used", () => {
  expect(readReport({ ...report, prompt_tokens: 1e12 })).toBeUndefined();
  expect(readReport({ ...report, completion_tokens: Number.MAX_SAFE_INTEGER })).toBeUndefined();
});
