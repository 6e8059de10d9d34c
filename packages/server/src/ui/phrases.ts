import type { Language } from "./language.ts";
import * as money from "./money-text.ts";
import * as time from "./time-text.ts";

/** Amounts and times in one language, for the sentences of it. */
export function phrasesIn(language: Language) {
  return {
    spentText: (micros: number) => money.spentText(micros, language),
    spentOfText: (micros: number, limitMicros: number) => money.spentOfText(micros, limitMicros, language),
    leftText: (micros: number) => money.leftText(micros, language),
    exactText: (micros: number) => money.exactText(micros, language),
    countText: (count: number) => money.countText(count, language),
    dateText: (at: number) => time.dateText(at, language),
    plainDateText: (at: number) => time.plainDateText(at, language),
    shortDateText: (at: number) => time.shortDateText(at, language),
    shortFullDateText: (at: number) => time.shortFullDateText(at, language),
    monthText: (at: number) => time.monthText(at, language),
    monthName: (at: number) => time.monthName(at, language),
    momentText: (at: number) => time.momentText(at, language),
    resetText: (at: number, now: number) => time.resetText(at, now, language),
    lastUseText: (at: number, now: number) => time.lastUseText(at, now, language),
    waitText: (milliseconds: number) => time.waitText(milliseconds, language),
  };
}
