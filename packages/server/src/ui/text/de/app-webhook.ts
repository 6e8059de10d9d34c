import { phrasesIn } from "../../phrases.ts";
import { clockSecondsText, clockText, isSameDay } from "../../time-text.ts";
import type * as en from "../en/app-webhook.ts";
import type { Wording } from "../wording.ts";
import { counted } from "./words.ts";

const { countText, resetText, shortDateText } = phrasesIn("de");

export const appWebhook: Wording<typeof en.appWebhook> = {
  title: "Wo wir Ihre App anrufen",
  lede: "Wenn jemand widerruft oder ändert, was Ihre App darf, und wenn ihr Geheimnis ersetzt wird, sagen wir es ihr. Jeder Anruf ist signiert.",
  address: "Adresse",
  addressHelp: "https, im öffentlichen Internet. Lassen Sie das Feld leer, um nichts zu hören.",
  save: "Adresse speichern",
  none: "keine",
  secret: "Signaturgeheimnis",
  secretLede: "Damit prüft Ihre App, dass ein Anruf von uns kommt. Bis das alte endet, signieren wir mit beiden.",
  overlap: "Das alte endet",
  makeSecret: "Neues Signaturgeheimnis erstellen",
  deliveries: "Was wir ihr gesagt haben",
  caption: "Ereignisse der letzten 30 Tage, neueste zuerst",
  attempts: (number) => counted(number, "Versuch", "Versuche"),
  again: "Erneut senden",
  againOf: (id) => `Erneut senden: ${id}`,
  at: (at, now) =>
    isSameDay(at, now) ? `${clockSecondsText(at)} Uhr UTC` : `${shortDateText(at)}, ${clockText(at)} Uhr UTC`,
  next: (at, now) => `Nächster Versuch: ${resetText(at, now)}.`,
  states: { waiting: "Wartet", sending: "Unterwegs", delivered: "Zugestellt", given_up: "Aufgegeben" },
  test: "Testereignis senden",
  emptyTitle: "Noch nichts gesagt",
  empty: "Jedes Ereignis erscheint hier 30 Tage lang, mit dem, was daraus geworden ist.",
  position: (first, last, total) => `Ereignisse ${countText(first)} bis ${countText(last)} von ${countText(total)}`,
  busy: "Dieses Ereignis ist gerade unterwegs. Sehen Sie gleich noch einmal nach.",
  done: {
    saved: "Gespeichert.",
    stopped: "Gespeichert. Wir rufen Ihre App nicht mehr an.",
    sent: "Ein Testereignis ist unterwegs. Laden Sie die Seite neu, um zu sehen, was daraus geworden ist.",
    replayed: "Das Ereignis wird erneut gesendet, vor allen, die warten.",
  },
};
