import { html } from "../../markup.ts";
import type * as en from "../en/app-trust.ts";
import type { Wording } from "../wording.ts";

export const appTrust: Wording<typeof en.appTrust> = {
  domain: "Bestätigte Domain",
  domainLede:
    "Weisen Sie nach, dass die Domain Ihnen gehört: Dann sehen Menschen sie auf der Zustimmungsseite mit einem Siegel statt mit einer Warnung. Website und Weiterleitungsadressen müssen darin liegen.",
  domainField: "Domain",
  domainHelp: "Zum Beispiel fieldnotes.example. Was darunter liegt, zählt auch.",
  begin: "Diese Domain nachweisen",
  another: "Stattdessen eine andere Domain nachweisen",
  publish: (domain) =>
    html`Veröffentlichen Sie eines davon bei ${domain}; eines genügt. Es ist kein Geheimnis und bleibt dort stehen.`,
  record: "Ein Texteintrag (TXT): erst der Name, dann der Wert",
  file: "Oder eine Datei: erst die Adresse, dann der Inhalt",
  look: "Jetzt nachsehen",
  giveUp: "Doch nicht",
  kept: "Wir sehen jede Woche wieder nach. Das Siegel fällt weg, wenn der Nachweis lange fehlt oder die App auf eine andere Domain zieht.",
  drop: "Siegel aufgeben",
  notProven: "Keine Domain ist nachgewiesen.",
  logo: "Logo",
  logoLede:
    "Ein quadratisches. Wir zeichnen es neu und liefern es selbst aus, damit keine unserer Seiten etwas von anderswo lädt.",
  hasLogo: "Man sieht es auf der Zustimmungsseite und im Verzeichnis.",
  noLogo: "Ohne Logo sieht man den ersten Buchstaben.",
  picture: "Bild",
  pictureHelp: "PNG, JPEG oder WebP, höchstens 1 MiB.",
  upload: "Dieses Bild verwenden",
  address: "Oder von einer Adresse holen",
  addressHelp: "https, im öffentlichen Internet. Wir holen es einmal.",
  fetch: "Holen",
  remove: "Logo entfernen",
  faults: {
    domain: "Geben Sie den Namen einer Domain ein, zum Beispiel fieldnotes.example.",
    elsewhere:
      "Website und alle Weiterleitungsadressen müssen in der Domain liegen. Ändern Sie die Adressen oder die Domain.",
    no_proof:
      "Weder der Eintrag noch die Datei ist schon da. Bis ein neuer Eintrag sichtbar ist, kann eine Stunde vergehen.",
    picture: "Wählen Sie ein Bild in PNG, JPEG oder WebP mit höchstens 1 MiB.",
    address:
      "Wir konnten es nicht holen. Geben Sie eine https-Adresse im öffentlichen Internet ein, die direkt zum Bild führt.",
    address_picture: "Was dort liegt, ist kein Bild in PNG, JPEG oder WebP mit höchstens 1 MiB.",
  },
  done: {
    verified: "Die Domain ist nachgewiesen. Menschen sehen sie mit einem Siegel.",
    dropped: "Die Domain ist aufgegeben.",
    logo: "Gespeichert. Wer die App schon erlaubt hat, wird neu gefragt, weil sie anders aussieht.",
    removed: "Das Logo ist entfernt.",
  },
};
