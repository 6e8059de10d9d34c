import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/money.ts";
import type { Wording } from "../wording.ts";

const { exactText, leftText, resetText, spentOfText, spentText } = phrasesIn("de");

const each = { day: "pro Tag", week: "pro Woche", month: "pro Monat", total: "insgesamt" };
const current = { day: "heute", week: "diese Woche", month: "diesen Monat", total: "insgesamt" };

export const money: Wording<typeof en.money> = {
  each,
  personal: "Privat",
  cap: (limitMicros, period) => `${exactText(limitMicros)} ${each[period]}`,
  ofLimit: (limitMicros, period) => `von ${exactText(limitMicros)} ${current[period]}`,
  meter: (spentMicros, heldMicros, limitMicros) =>
    heldMicros > 0
      ? `${spentOfText(spentMicros, limitMicros)} ausgegeben, ${spentOfText(heldMicros, limitMicros)} reserviert von ${exactText(limitMicros)}`
      : `${spentOfText(spentMicros, limitMicros)} ausgegeben von ${exactText(limitMicros)}`,
  heldForCalls: (heldMicros) => `${spentText(heldMicros)} für laufende Aufrufe reserviert.`,
  startsAgain: (at, now) => `Beginnt neu: ${resetText(at, now)}.`,
  startsAgainAtMidnight: "Beginnt um 00:00 Uhr UTC neu.",
  neverStartsAgain: "Beginnt nicht neu.",
  left: (micros) => `${leftText(micros)} übrig`,
  fieldLabel: "Limit in US-Dollar",
  periodLabel: "Zeitraum des Limits",
  most: "So viel darf sie höchstens ausgeben",
  secondCap: "Und höchstens pro Tag",
  noSecondCap: "kein Tageslimit",
  until: "Bis",
  errors: {
    form: "Geben Sie einen Betrag wie 10 oder 10,50 ein.",
    zero: "Geben Sie einen Betrag über null ein, oder erlauben Sie keine Ausgaben.",
    dayAboveCap: "Das Tageslimit liegt über dem Limit. Senken Sie es, oder lassen Sie es leer.",
    past: "Wählen Sie einen Tag nach heute, oder lassen Sie das Feld leer.",
    date: "Geben Sie ein Datum wie 2027-02-01 ein, oder lassen Sie das Feld leer.",
  },
  aboveCeiling: (ceilingMicros, period) =>
    `Mehr als ${exactText(ceilingMicros)} ${each[period]} kann hier niemand erlauben.`,
  ceilings: (limits) =>
    `Kein Limit darf höher sein als ${limits.map(([period, micros]) => `${exactText(micros)} ${each[period]}`).join(" oder ")}.`,
};
