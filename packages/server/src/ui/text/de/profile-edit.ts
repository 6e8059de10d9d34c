import type * as en from "../en/profile-edit.ts";
import type { Wording } from "../wording.ts";

export const profileEdit: Wording<typeof en.profileEdit> = {
  title: "Profil ändern",
  open: "Profil ändern",
  words: "Namen und Sprache",
  lede: "Apps, die Ihren Namen sehen dürfen, sehen den neuen ab ihrem nächsten Aufruf.",
  name: "Name",
  nameHelp: "1 bis 64 Zeichen, in einer Zeile.",
  nickname: "Spitzname",
  nicknameHelp: "Wie man Sie nennt, wenn es anders ist. Er darf leer bleiben.",
  language: "Sprache",
  browserLanguage: "Wie der Browser es wünscht",
  languageHelp: "Dieser Seiten und der E-Mails, die wir Ihnen schreiben.",
  save: "Speichern",
  leave: "So lassen",
  saved: "Ihr Profil ist geändert.",
  nameError: "Geben Sie 1 bis 64 sichtbare Zeichen ein, in einer Zeile.",
  nicknameError: "Geben Sie höchstens 64 sichtbare Zeichen in einer Zeile ein, oder nichts.",
  picture: "Bild",
  pictureLede:
    "Apps, die Ihren Namen sehen dürfen, dürfen es zeigen. Wir zeichnen es als Quadrat neu und liefern es selbst aus.",
  pictureAlt: "Ihr Bild",
  noPicture: "Sie haben kein Bild.",
  file: "Bilddatei",
  fileHelp: "PNG, JPEG oder WebP, bis 1 MB. Die Mitte wird behalten.",
  fileError: "Das ist kein PNG, JPEG oder WebP, das sich zeichnen lässt, oder es ist zu groß.",
  upload: "Dieses Bild verwenden",
  remove: "Bild entfernen",
};
