import { expect, it } from "vitest";
import { Refusal } from "./refusal.ts";

const wordsOf = (body: unknown) => new Refusal({ status: 422, body }).message;
const issue = (field: string, msg: string) => ({ loc: ["body", field], msg, type: "custom" });

it("is told in the platform's words, each field named once", () => {
  const detail = [issue("name", "must not be empty"), issue("budget_limit", "budget_limit is an amount of dollars")];
  expect(wordsOf({ detail })).toBe("name: must not be empty\nbudget_limit is an amount of dollars");
  expect(wordsOf({ detail: [issue("name", "names are short")] })).toBe("name: names are short");
  expect(wordsOf({ detail: "App not found" })).toBe("App not found");
  expect(wordsOf({ error: "invalid_grant", error_description: "It has ended" })).toBe("It has ended");
  expect(wordsOf(undefined)).toBe("The platform answered with HTTP 422 and no words.");
});
