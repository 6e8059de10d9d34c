import { html } from "../../markup.ts";
import type * as en from "../en/upstream.ts";
import type { Wording } from "../wording.ts";

export const upstream: Wording<typeof en.upstream> = {
  buttons: "Mit einem Konto anmelden, das Sie anderswo haben",
  continueWith: (provider) => `Weiter mit ${provider}`,
  accepts: (terms) => html`Wenn Sie so ein Konto erstellen, akzeptieren Sie die ${terms}.`,
  refusedTitle: "Niemand wurde angemeldet",
  notLinkedTitle: "Nichts wurde verknüpft",
  refusals: {
    stale: () =>
      "Diese Anmeldung hat zu lange gewartet, wurde schon verwendet oder in einem anderen Browser begonnen. Beginnen Sie hier von vorn.",
    refused: (provider) => `${provider} hat nicht bestätigt, wer Sie sind, oder Sie haben dort abgelehnt.`,
    invalid: (provider) => `Die Antwort von ${provider} ist ungültig: Sie passt nicht zu unserer Frage.`,
    unreachable: (provider) => `${provider} antwortet gerade nicht. Versuchen Sie es in ein paar Minuten noch einmal.`,
    domain: (provider) =>
      `${provider} hat nicht gesagt, dass Sie eine bestätigte Adresse einer Organisation haben, die hier Zutritt hat.`,
    no_account: (provider) =>
      `Kein Konto hier ist mit Ihrem Konto bei ${provider} verknüpft. Melden Sie sich anders an, und verknüpfen Sie es dann unter Sicherheit.`,
    account_exists: () =>
      "Es gibt schon ein Konto mit Ihrer Adresse. Melden Sie sich dort anders an, und verknüpfen Sie die beiden dann unter Sicherheit.",
    closed: () => "Das Konto, das dazugehört, ist geschlossen. Fragen Sie die Betreiber dieser Plattform.",
    session: () =>
      "Ihre Anmeldung hier ist schon älter, oder Sie sind als jemand anderes angemeldet. Melden Sie sich erneut an, und verknüpfen Sie das Konto dann noch einmal.",
    taken: (provider) => `Dieses Konto bei ${provider} ist hier mit einem anderen Konto verknüpft und bleibt dort.`,
    too_many: () => "Ihr Konto ist mit so vielen anderen verknüpft, wie es sein darf. Entfernen Sie zuerst eines.",
    wait: () => "Zu viele Versuche in kurzer Zeit. Warten Sie ein paar Minuten, und versuchen Sie es dann noch einmal.",
  },
  again: "Zurück zur Anmeldung",
  backToLinked: "Zurück zu den verknüpften Konten",
  linkedTitle: "Verknüpfte Konten",
  linkedLede:
    "Konten anderswo, mit denen Sie sich hier anmelden. Sie können eines entfernen, solange ein anderer Weg hinein bleibt.",
  emptyTitle: "Noch keine",
  empty: "Verknüpfen Sie ein Konto, das Sie anderswo haben, und melden Sie sich auch damit hier an.",
  link: (provider) => `Konto bei ${provider} verknüpfen`,
  linkLede: "Sie werden zum Anmelden dorthin geschickt, auch wenn Sie dort schon angemeldet sind.",
  gone: "Diese Plattform arbeitet nicht mehr mit diesem Anbieter.",
  remove: "Entfernen",
  removeOf: (label) => `Entfernen: ${label}`,
  removeTitle: (label) => `${label} entfernen?`,
  removeLede: "Es meldet Sie nicht mehr an, und jede damit begonnene Sitzung endet. Ihr Konto dort bleibt unberührt.",
  removeNow: "Jetzt entfernen",
  keep: "Behalten",
  linkedNotice: (provider) => `Ab jetzt melden Sie sich hier auch mit Ihrem Konto bei ${provider} an.`,
  removedNotice: "Das verknüpfte Konto wurde entfernt.",
  lastNotice:
    "Das ist Ihr letzter Weg zur Anmeldung. Legen Sie zuerst ein Passwort fest, oder fügen Sie einen Passkey hinzu.",
  fresh: "Für Änderungen hier muss Ihre Anmeldung jünger als 30 Minuten sein.",
  signInAgain: "Erneut anmelden",
  security: "Zurück zu Sicherheit",
};
