import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/key-new.ts";
import type { Wording } from "../wording.ts";
import { keys } from "./account.ts";
import { appForm } from "./app-form.ts";
import { money } from "./money.ts";

const { dateText, waitText } = phrasesIn("de");

export const keyNew: Wording<typeof en.keyNew> = {
  title: keys.make,
  lede: "Für Ihre eigenen Programme. Er handelt in Ihrem Namen und darf nur, was Sie hier ankreuzen.",
  name: "Name",
  nameHelp: "Damit Sie ihn wiedererkennen, zum Beispiel: Laptop.",
  may: "Was er darf",
  mayLede: "Lassen Sie weg, was das Programm nicht braucht.",
  about: "Was er über Sie lesen darf",
  limits: "Seine Grenzen",
  cap: "Höchstens",
  capHelp: "Bleibt das Feld leer, endet er mit Ihrem Guthaben.",
  noCap: "kein Limit",
  until: money.until,
  untilHelp: "Er endet an diesem Tag um 00:00 Uhr UTC. Bleibt das Feld leer, gilt er, bis Sie ihn widerrufen.",
  submit: "Schlüssel erstellen",
  leave: "Nicht erstellen",
  fresh: "Zum Erstellen eines Schlüssels muss Ihre Anmeldung jünger als 30 Minuten sein.",
  signInAgain: "Erneut anmelden",
  problem: appForm.problem,
  many: "Sie haben so viele Schlüssel, wie eine Person haben darf. Widerrufen Sie zuerst einen.",
  wait: (milliseconds) =>
    html`Sie haben in kurzer Zeit viele Schlüssel erstellt. Warten Sie <strong>${waitText(milliseconds)}</strong>, und versuchen Sie es dann erneut.`,
  errors: {
    name: "Geben Sie eine Zeile mit höchstens 64 gewöhnlichen Zeichen ein.",
    scopes: "Kreuzen Sie mindestens eines davon an.",
    form: money.errors.form,
    zero: "Geben Sie einen Betrag über null ein, oder lassen Sie das Feld leer.",
    past: money.errors.past,
    date: money.errors.date,
  },
};

export const keyOnce: Wording<typeof en.keyOnce> = {
  title: (name) => `${name} ist erstellt`,
  copyNow: "Kopieren Sie ihn jetzt. Wir behalten nur seinen Fingerabdruck und können ihn nicht noch einmal zeigen.",
  key: "Schlüssel",
  use: "So verwenden Sie ihn",
  models: "Mit dem Schlüssel in KEY listet dieser Befehl die Modelle auf, die er nutzen darf:",
  client: "Programme für die OpenAI-API brauchen nur den Schlüssel und diese Adresse:",
  header: "Mit dem Schlüssel in KEY trägt jeder Aufruf diesen Header:",
  keep: "Bewahren Sie ihn in der Umgebung Ihres Programms oder einem Geheimnisspeicher auf, nie im Quelltext. Wenn er bekannt wird, widerrufen Sie ihn.",
  limits: keyNew.limits,
  cap: "Höchstens",
  upTo: (limitMicros, period) => money.cap(limitMicros, period),
  noCap: "Ihr Guthaben",
  nothing: "nichts",
  ends: "Endet",
  endsOn: dateText,
  never: "wenn Sie ihn widerrufen",
  done: "Ich habe ihn aufbewahrt",
};
