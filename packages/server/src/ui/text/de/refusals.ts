import type * as en from "../en/refusals.ts";
import type { Wording } from "../wording.ts";

export const refusals: Wording<typeof en.refusals> = {
  cause: "Warum",
  fix: "Was zu tun ist",
  word: "Für Entwickler",
  pages: {
    "invalid-redirect-uri": {
      cause:
        "Die redirect_uri der Anfrage ist keine, die die App registriert hat, oder nicht die, an die ihr Code gesendet wurde. Adressen werden Zeichen für Zeichen verglichen: Schema, Host, Port, Pfad und Abfrage. Nur bei 127.0.0.1 und [::1] ist jeder Port recht.",
      fix: "Registrieren Sie genau diese Adresse bei der App, und senden Sie dieselbe an /idp/authorize und an /idp/token. Achten Sie auf einen fehlenden Schrägstrich, andere Groß- und Kleinschreibung, http statt https und localhost statt 127.0.0.1.",
    },
    "invalid-code-challenge": {
      cause:
        "PKCE ist nötig, und die code_challenge der Anfrage fehlt, ist kein base64url eines SHA-256-Hashs oder kam ohne code_challenge_method=S256.",
      fix: "Erzeugen Sie einen Verifier aus 43 bis 128 Zeichen. Senden Sie das base64url seines SHA-256-Hashs ohne Füllzeichen als code_challenge, zusammen mit code_challenge_method=S256, und den Verifier als code_verifier an /idp/token.",
    },
    "authorization-revoked": {
      cause:
        "Wofür das Token stand, ist zu Ende: Der Nutzer hat der App den Zugriff oder eine Erlaubnis entzogen, das Token wurde widerrufen, die App wurde gestoppt, oder das Konto wurde geschlossen.",
      fix: "Vergessen Sie die Token, und schicken Sie den Nutzer noch einmal zu /idp/authorize. Was er dort erlaubt, ist eine neue Autorisierung; alte Token leben nie wieder auf.",
    },
    "token-expired": {
      cause: "Das Token war echt, und seine Zeit ist um. Zugriffstoken gelten eine Stunde, wie expires_in es sagt.",
      fix: "Verwenden Sie das Refresh-Token bei /idp/token, am besten bevor expires_in um ist. Wenn auch das Refresh-Token abgelaufen ist, schicken Sie den Nutzer noch einmal zu /idp/authorize.",
    },
  },
};
