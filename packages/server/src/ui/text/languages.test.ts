import { describe, expect, it } from "vitest";
import { payerName } from "../payer-name.ts";
import { phrasesIn } from "../phrases.ts";
import { texts } from "./index.ts";
import { unitsOf } from "./units.ts";

const at = Date.UTC(2026, 10, 21, 14, 44, 7);
/** Fits every parameter of a sentence: a name, an amount, a count, a time, a list, and facts by name. */
const samples = {
  number: at,
  name: Object.assign(["Quillwright"], {
    device: "Firefox",
    name: "laptop",
    provider: "Hearthside",
    app: "Quillwright",
    displayName: "Maya",
    email: "m@fennick.example",
    phone: "+442079460958",
    address: "1 Lane",
    map: Array.prototype.map,
  }),
};

/** Words that are the same everywhere: names, what is typed, and signs. */
const shared =
  /^(?:App|Apps|Code|Name|E-Mail|Passkeys?|Hotkeys?|Webhook|Optional|ID|Support|JSON|Client-ID|ES256.*|[^\p{L}]*|csc_.*|[\w@.:/-]+|Quillwright.*)$/u;

type Say = (...values: unknown[]) => unknown;

function attempt(say: Say): string {
  const tries: unknown[][] = [
    ["Quillwright", "Hearthside", "month"],
    [1, at, at],
    [at, at + 90_000_000, "month"],
    [[{ limitMicros: 10_000_000, period: "month" }], at],
    [[["month", 10_000_000]]],
    [["Quillwright"]],
    [samples.name, "Hearthside", "month"],
    ["Quillwright", 10_000_000, "month"],
    [10_000_000, "month", "month"],
    [10_000_000, 1_000_000, 20_000_000],
  ];
  for (const values of tries) {
    try {
      const said = say(...values);
      const words =
        typeof said === "object" && said !== null && "subject" in said ? JSON.stringify(said) : String(said);
      if (!/undefined|NaN|\[object|Invalid/.test(words)) return words;
    } catch {
      // These values are not of its kind: the next may be.
    }
  }
  return "undefined";
}

function sentences(value: unknown, path = ""): Map<string, string> {
  const found = new Map<string, string>();
  if (typeof value === "string") return found.set(path, value);
  if (typeof value === "function") return found.set(path, attempt(value as Say));
  for (const [key, inner] of Object.entries(value as object)) {
    for (const [where, words] of sentences(inner, `${path}.${key}`)) found.set(where, words);
  }
  return found;
}

const english = sentences({ ...texts.en, units: unitsOf.en });

describe("English", () => {
  it("says something everywhere", () => {
    expect([...english].filter(([, words]) => words === "" || words === "undefined")).toEqual([]);
  });
});

describe.each(["de", "ja"] as const)("the language %s", (language) => {
  const spoken = sentences({ ...texts[language], units: unitsOf[language] });

  it("[D02] says all that English says, and nothing else", () => {
    expect([...spoken.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("[D02] says something everywhere, with every value", () => {
    expect([...spoken].filter(([, words]) => words === "" || words === "undefined")).toEqual([]);
  });

  it("[D02] leaves no English sentence", () => {
    const left = [...spoken].filter(
      ([path, words]) =>
        words === english.get(path) && !shared.test(words) && !/^\.(?:language|direction)|monthName|Amount/.test(path),
    );
    expect(left).toEqual([]);
  });

  it("has no English words inside a sentence", () => {
    const words = /\b(?:the|your|you|with|that|which|again|cannot)\b/;
    expect([...spoken].filter(([, said]) => words.test(said))).toEqual([]);
  });
});

describe("who pays", () => {
  it("[D02] is said in the language of the reader, and by its own name where it has one", () => {
    expect([payerName(texts.en, "Personal"), payerName(texts.de, "Personal"), payerName(texts.ja, "Personal")]).toEqual(
      ["Personal", "Privat", "個人"],
    );
    expect(payerName(texts.de, "Northwind")).toBe("Northwind");
  });
});

describe("amounts and times", () => {
  it("[D03] are written by the habits of the language", () => {
    const [de, ja] = [phrasesIn("de"), phrasesIn("ja")];
    expect(de.spentText(1_204_500_000)).toBe("1.204,50\u00a0$");
    expect(ja.spentText(1_204_500_000)).toBe("$1,204.50");
    expect(de.leftText(-1_230_000)).toBe("−1,23\u00a0$");
    expect([de.spentText(1), ja.spentText(1)]).toEqual(["unter 0,01\u00a0$", "$0.01未満"]);
    expect([de.exactText(12), ja.exactText(12)]).toEqual(["0,000012\u00a0$", "$0.000012"]);
    expect([de.countText(4714), ja.countText(4714)]).toEqual(["4.714", "4,714"]);
    expect([de.dateText(at), ja.dateText(at)]).toEqual(["21. November 2026", "2026年11月21日"]);
    expect([de.monthText(at), ja.monthText(at)]).toEqual(["November 2026", "2026年11月"]);
    expect([de.waitText(60_000), ja.waitText(19_200)]).toEqual(["1 Minute", "20秒"]);
    expect(de.lastUseText(at - 720_000, at)).toBe("vor 12 Minuten");
    expect(de.resetText(Date.UTC(2026, 11, 1), Date.UTC(2026, 10, 27, 8))).toBe(
      "1. Dezember, 00:00 Uhr UTC, in 4 Tagen",
    );
  });
});
