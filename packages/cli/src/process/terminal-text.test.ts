import { afterEach, describe, expect, it, vi } from "vitest";
import { answer, say } from "./answer.ts";
import { jsonLine, plain } from "./terminal-text.ts";

const nasty = "a\u001b[2Jb\u009b2Jc\u202ed\u2028e\u{e0041}f\u007fg";

afterEach(() => vi.restoreAllMocks());

describe("what somebody else wrote, on a terminal", () => {
  it("shows nothing that a terminal obeys: no escape, no line break, no turn of direction", () => {
    expect(plain("a\u001b[2Jb\nc\r\td\u202ee\u2028f\u009bg")).toBe("a [2Jb c  d e f g");
  });

  it("means the same as JSON, in letters that are harmless", () => {
    const line = jsonLine({ name: nasty, blank: "é 🦊" });
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(line).toContain("é 🦊");
    expect(JSON.parse(line)).toEqual({ name: nasty, blank: "é 🦊" });
  });

  it("stays harmless wherever it is said", () => {
    const out = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const error = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    answer(false, {}, ["one", `two ${nasty}`]);
    answer(true, { name: nasty }, []);
    say(`The platform says: ${nasty}`, "", "and stops");
    const written = [...out.mock.calls, ...error.mock.calls].map(([text]) => String(text));
    expect(written.map((text) => text.split("\n").length)).toEqual([3, 2, 4]);
    for (const text of written) expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });
});
