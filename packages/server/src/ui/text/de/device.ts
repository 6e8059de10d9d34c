import { html } from "../../markup.ts";
import { phrasesIn } from "../../phrases.ts";
import type * as en from "../en/device.ts";
import type { Wording } from "../wording.ts";

const { waitText } = phrasesIn("de");

export const device: Wording<typeof en.device> = {
  title: "Code eingeben",
  heading: "Geben Sie den Code Ihres Geräts ein",
  lede: "Er steht auf dem Bildschirm des Programms oder Geräts, das Sie anmelden möchten.",
  confirmTitle: "Code vergleichen",
  confirmHeading: "Zeigt Ihr Gerät diesen Code?",
  confirmLede:
    "Vergleichen Sie jeden Buchstaben mit dem Bildschirm des Programms oder Geräts, das Sie anmelden möchten.",
  code: "Code",
  help: "Acht Buchstaben. Groß- und Kleinschreibung und der Strich sind egal.",
  caution: (platform) =>
    `Geben Sie nur einen Code ein, den Sie gerade selbst angefordert haben. Niemand von ${platform} wird Ihnen je einen schicken.`,
  goOn: "Weiter",
  confirm: "Ja, weiter",
  next: "Als Nächstes sehen Sie, wer fragt, und setzen das Limit. Noch ist nichts erlaubt.",
  wrong: "Kein Gerät zeigt gerade diesen Code. Prüfen Sie ihn, oder beginnen Sie dort von vorn.",
  taken:
    "Dieser Code wurde schon in einem anderen Browser eingegeben. Wenn Sie das nicht waren, ist er vielleicht in falschen Händen: Beginnen Sie auf Ihrem Gerät von vorn.",
  wait: (milliseconds) =>
    html`Zu viele falsche Codes. Warten Sie <strong>${waitText(milliseconds)}</strong>, und versuchen Sie es dann erneut.`,

  done: {
    approved: {
      title: "Ihr Gerät ist angemeldet",
      lede: (app) => html`${app} macht dort von selbst weiter. Sie können diese Seite schließen.`,
      next: (link) =>
        html`Was Sie erlaubt haben, steht unter ${link}; dort können Sie es jederzeit ändern oder widerrufen.`,
    },
    denied: {
      title: "Ihr Gerät wurde abgelehnt",
      lede: (app) =>
        html`${app} wurde auf Ihrem Gerät nicht angemeldet. Nichts wurde weitergegeben und nichts ausgegeben.`,
      next: (link) => html`Was Sie schon erlaubt haben, finden Sie unter ${link}.`,
    },
    expired: {
      title: "Dieser Code ist abgelaufen",
      lede: (app) =>
        html`Ein Code gilt zehn Minuten. Starten Sie ${app} auf Ihrem Gerät neu, um einen neuen zu bekommen.`,
      next: (link) => html`Jetzt wurde nichts erlaubt. Was Sie schon erlaubt haben, finden Sie unter ${link}.`,
    },
  },
};
