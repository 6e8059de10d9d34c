import { Buffer } from "node:buffer";
import { Fault } from "../kernel/faults.ts";
import { sameText, sha256Base64Url } from "../kernel/hash.ts";
import type { Sealer } from "../kernel/seal.ts";
import type { Form } from "./form.ts";

/** What a form is for and for whom it was shown. */
export interface FormOwner {
  /** Such as `sign-in` or `cap`. A token of one form fits no other. */
  purpose: string;
  /** The session id, or the browser cookie where nobody is signed in yet. */
  binding: string;
}

export interface Csrf {
  /** The value of the hidden field `csrf`. */
  token(owner: FormOwner): string;
  /** @throws Fault `forbidden` unless the form comes from our own page and was shown to this owner. */
  check(request: Request, form: Form, owner: FormOwner): void;
}

export function createCsrf({ sealer, issuer }: { sealer: Sealer; issuer: string }): Csrf {
  const purposeOf = (owner: FormOwner) => `csrf ${owner.purpose}`;
  return {
    token: (owner) => sealer.seal(purposeOf(owner), Buffer.from(sha256Base64Url(owner.binding))),
    check(request, form, owner) {
      if (!isFromOwnPage(request, issuer)) throw stale("cross-site form");
      const bound = sealer.open(purposeOf(owner), form.get("csrf") ?? "");
      if (!bound) throw stale("missing or foreign form token");
      const owned = sameText(Buffer.from(bound).toString(), sha256Base64Url(owner.binding));
      if (!owned) throw stale("form token of another session");
    },
  };
}

/**
 * What the browser says of where a form was sent from. Our pages send no referrer, which makes their `Origin` read `null`
 * (Fetch, section 3.2): then, and where a browser says nothing, the token alone decides.
 */
function isFromOwnPage(request: Request, issuer: string): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  const origin = request.headers.get("origin");
  return origin === null || origin === "null" || origin === issuer;
}

function stale(detail: string): Fault {
  return new Fault("forbidden", "This form is out of date. Go back, load the page again and repeat what you did.", {
    detail,
  });
}
