import { describe, expect, it } from "vitest";
import { facts, table, when } from "./table.ts";

describe("a table", () => {
  it("has columns as wide as their widest word, and no blanks at the end of a line", () => {
    const rows = [
      ["app_1", "Storyteller", ""],
      ["app_22", "Ébène", "x"],
    ];
    expect(table(["APP", "NAME", "AS"], rows, "nothing")).toEqual([
      "APP     NAME         AS",
      "app_1   Storyteller",
      "app_22  Ébène        x",
    ]);
    expect(table(["APP"], [], "There is no app.")).toEqual(["There is no app."]);
  });

  it("shows nothing that a terminal obeys: no escape, no line break, no turn of direction", () => {
    expect(table(["NAME"], [["\u001b]0;owned\u0007"]], "")[1]).toBe(" ]0;owned");
    expect(facts([["name", "x\u0000y"]])).toEqual(["name  x y"]);
  });

  it("leaves out facts that nobody knows", () => {
    const known = facts([
      ["user", "maya"],
      ["e-mail", null],
      ["name", undefined],
      ["may", ""],
    ]);
    expect(known).toEqual(["user  maya"]);
    expect([when("2026-11-21T07:12:50.000Z"), when(null)]).toEqual(["2026-11-21 07:12", ""]);
  });
});
