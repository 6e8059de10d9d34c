import type * as en from "../en/postal-address.ts";
import type { Wording } from "../wording.ts";

export const postalAddress: Wording<typeof en.postalAddress> = {
  title: "Postanschrift",
  where: "Wohin man Ihnen schreiben kann",
  lede: "Für Apps, denen Sie erlauben, sie zu sehen, und für niemanden sonst. Lassen Sie weg, was Sie möchten; Apps sehen die neue ab ihrem nächsten Aufruf.",
  parts: {
    street_address: "Straße, Hausnummer, Zusatz",
    postal_code: "Postleitzahl",
    locality: "Ort",
    region: "Bundesland oder Region",
    country: "Land",
  },
  errors: {
    line: "Geben Sie eine Zeile mit höchstens 200 Zeichen ein.",
    lines: "Geben Sie höchstens 400 Zeichen gewöhnlichen Text ein.",
  },
  save: "Speichern",
  leave: "Lassen",
  saved: "Ihre Postanschrift ist gespeichert.",
  removed: "Es ist keine Postanschrift gespeichert.",
  removeTitle: "Anschrift entfernen",
  removeLede: "Apps sehen ab ihrem nächsten Aufruf keine mehr. Was sie selbst notiert haben, bleibt bei ihnen.",
  remove: "Postanschrift entfernen",
  change: "Anschrift ändern",
  add: "Postanschrift hinzufügen",
};
