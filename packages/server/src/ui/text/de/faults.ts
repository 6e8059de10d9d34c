import type * as en from "../en/faults.ts";
import type { Wording } from "../wording.ts";

const goBack =
  "Gehen Sie zurück zur App, und versuchen Sie es noch einmal. Wenn es zweimal geschieht, sagen Sie es ihren Herstellern.";
const nothingHappened = "Nichts wurde weitergegeben und nichts ausgegeben.";

export const fatal: Wording<typeof en.fatal> = {
  title: "Hier haben wir angehalten",
  developers: "Für Entwickler",
  error: "Fehler",
  reason: "Grund",
  message: "Meldung",
  reference: "Referenz",
  reasons: {
    redirect_uri_not_registered: {
      lede: `Die App hat Sie mit einer Rücksprungadresse geschickt, die nicht auf ihrer Liste steht. Wir wissen also nicht, wo die Antwort landen würde. ${nothingHappened}`,
      next: goBack,
      developers:
        "Weiterleitungsadressen werden Zeichen für Zeichen verglichen. Registrieren Sie genau diese Adresse bei der App.",
    },
    redirect_uri_missing: {
      lede: `Die App hat nicht gesagt, wohin die Antwort gehen soll. ${nothingHappened}`,
      next: goBack,
      developers: "Senden Sie redirect_uri mit der Autorisierungsanfrage.",
    },
    client_not_found: {
      lede: `Wir kennen die App nicht, die Sie geschickt hat. Vielleicht wurde sie entfernt. ${nothingHappened}`,
      next: goBack,
      developers: "Prüfen Sie client_id. Sie beginnt mit cid_ und wird beim Registrieren der App angezeigt.",
    },
    request_invalid: {
      lede: `Wir können die Anfrage nicht lesen, die Sie hierher gebracht hat. ${nothingHappened}`,
      next: goBack,
      developers:
        "Jeder Parameter einer Autorisierungsanfrage darf nur einmal vorkommen, in der Adresse oder als Formular.",
    },
    request_expired: {
      lede: "Diese Seite hat zu lange gewartet und wurde zu Ihrer Sicherheit geschlossen.",
      next: "Gehen Sie zurück zur App, und beginnen Sie von vorn.",
      developers: "Eine Autorisierungsanfrage bleibt eine Stunde lang offen.",
    },
    request_of_another_browser: {
      lede: `Diese Anmeldung wurde in einem anderen Browser begonnen, oder Cookies sind ausgeschaltet. ${nothingHappened}`,
      next: "Gehen Sie in diesem Browser zurück zur App, und beginnen Sie von vorn.",
      developers: "Ein Cookie bindet die Anfrage an den Browser, der sie geöffnet hat.",
    },
    hotkey_nonce: {
      lede: "Was Ihr Programm signiert hat, hat zu lange gewartet, wurde schon verwendet oder stammt nicht von uns. Niemand wurde angemeldet.",
      next: "Beginnen Sie in Ihrem Programm von vorn.",
      developers:
        "Eine Nonce von /idp/cli_login/nonce gilt fünf Minuten und einmal, mit dem Text, mit dem sie gekommen ist.",
    },
    hotkey_signature: {
      lede: "Die Signatur gehört nicht zu diesem Text und diesem Hotkey. Niemand wurde angemeldet.",
      next: "Beginnen Sie in Ihrem Programm von vorn, mit dem richtigen Schlüssel.",
      developers:
        "Signieren Sie den Text von /idp/cli_login/nonce, ganz und unverändert, und senden Sie die Signatur hexadezimal.",
    },
    hotkey_unknown: {
      lede: "Kein Konto hat diesen Hotkey. Niemand wurde angemeldet.",
      next: "Melden Sie sich mit Ihrem Passwort an, verknüpfen Sie den Hotkey unter Sicherheit, und beginnen Sie von vorn.",
      developers:
        "Ein Hotkey meldet an, sobald sein Eigentümer ihn verknüpft hat. Gesperrte Konten haben keine Hotkeys.",
    },
    too_many_attempts: {
      lede: `Zu viele Versuche in kurzer Zeit. ${nothingHappened}`,
      next: "Warten Sie ein paar Minuten, und versuchen Sie es dann noch einmal.",
      developers: "Der Header Retry-After sagt, in wie vielen Sekunden.",
    },
    too_large: {
      lede: "Was gesendet wurde, ist größer, als diese Seite annimmt. Nichts davon wurde behalten.",
      next: "Gehen Sie zurück, machen Sie es kürzer oder kleiner, und senden Sie es noch einmal.",
      developers: "Formulare dürfen 64 KiB haben, ein Bild so viel, wie sein Formular sagt.",
    },
    page_unknown: {
      lede: "Diese Adresse lässt sich so nicht verwenden. Nichts wurde getan.",
      next: "Gehen Sie zurück, und laden Sie die Seite neu.",
      developers: "Der Header Allow sagt, welche Methoden sie annimmt.",
    },
    form_unreadable: {
      lede: "Das Formular kam in einer Form an, die wir nicht lesen können. Nichts wurde getan.",
      next: "Gehen Sie zurück, laden Sie die Seite neu, und wiederholen Sie es.",
      developers: "Senden Sie Formulare als application/x-www-form-urlencoded.",
    },
    app_blocked: {
      lede: "Ein Betreiber dieser Plattform hat diese App angehalten. Es wurde nichts geändert.",
      next: "Nur ein Betreiber kann sie wieder starten. Fragen Sie die Betreiber der Plattform, warum sie angehalten wurde.",
      developers: "Die Token der App sind ungültig, und niemand kann sich bei ihr anmelden.",
    },
    app_role: {
      lede: "Ihre Rolle in dieser App erlaubt das nicht. Es wurde nichts geändert.",
      next: "Bitten Sie den Eigentümer der App, es zu tun oder Ihnen eine passende Rolle zu geben.",
      developers: "Wer nur ansehen darf, ändert nichts. Teilen und löschen darf allein der Eigentümer.",
    },
    device_of_another_session: {
      lede: `Dieser Code wurde zuerst in einem anderen Browser geöffnet und kann nur dort beantwortet werden. ${nothingHappened}`,
      next: "Machen Sie in jenem Browser weiter, oder beginnen Sie auf Ihrem Gerät von vorn, und geben Sie den neuen Code hier ein.",
      developers: "Ein Benutzercode gehört der Sitzung, in der er zuerst eingegeben wurde.",
    },
    form_invalid: {
      lede: `Das Formular, das bei uns ankam, ist keines von unseren oder zu alt. ${nothingHappened}`,
      next: "Gehen Sie zurück, laden Sie die Seite neu, und wiederholen Sie es.",
      developers: "Das Formular-Token fehlt, ist abgelaufen oder gehört zu einer anderen Sitzung.",
    },
  },
};

export const failure: Wording<typeof en.failure> = {
  title: "Bei uns ist etwas schiefgegangen",
  lede: "Es liegt nicht an Ihnen. Was Sie wollten, wurde nicht getan.",
  next: "Versuchen Sie es in einer Minute noch einmal. Wenn es zweimal geschieht, nennen Sie dem Betreiber die Referenz unten.",
  busyTitle: "Wir sind überlastet",
  busyLede: "Was Sie wollten, wurde nicht getan. Nichts ist verloren.",
  busyNext: "Warten Sie einen Moment, und laden Sie diese Seite dann neu.",
  reference: "Referenz",
};

export const notFound: Wording<typeof en.notFound> = {
  title: "Hier ist nichts",
  lede: "Die Adresse ist falsch, oder was hier war, gibt es nicht mehr.",
  home: "Zu Ihrem Konto",
};
