import {
  type Content,
  type Frame,
  hidden,
  html,
  type Markup,
  notice,
  type Person,
  renderRoom,
  textArea,
  textField,
} from "../../ui/index.ts";

export const postalAddressPath = "/account/profile/address";

/** In the order in which they are written, by the names of OpenID Connect Core 5.1.1. */
export const addressParts = ["street_address", "postal_code", "locality", "region", "country"] as const;

export type AddressPart = (typeof addressParts)[number];

export interface PostalAddressProps {
  person: Person;
  csrf: string;
  /** As stored, or as written before a failed submit. */
  parts: Partial<Record<AddressPart, string | undefined>>;
  /** Whether there is one to be removed. */
  isStored: boolean;
  saved?: boolean;
  /** The first part that cannot stay as it is. */
  wrong?: AddressPart | undefined;
}

/** `POST /account/profile/address` with the parts, `…/remove` without; both with `csrf`. */
export function renderPostalAddress(frame: Frame, props: PostalAddressProps): string {
  const words = frame.text.postalAddress;
  const { person, saved, isStored, wrong } = props;
  return renderRoom(frame, {
    room: "profile",
    title: words.title,
    failed: wrong !== undefined,
    person,
    body: html`<div class="title"><h1>${words.title}</h1></div>
  <div class="stack">${saved && notice("good", isStored ? words.saved : words.removed, true)}
  <section class="panel stack" aria-labelledby="write"><div class="stack-s"><h2 id="write">${words.where}</h2><p class="mut">${words.lede}</p></div>
  ${writeForm(frame, props)}</section>
  ${isStored && removeForm(frame, props)}</div>`,
  });
}

/** WCAG 1.3.5: what each field is for, so that a browser can fill it in. */
const autocomplete: Record<Exclude<AddressPart, "street_address">, string> = {
  postal_code: "postal-code",
  locality: "address-level2",
  region: "address-level1",
  country: "country-name",
};

function writeForm({ text }: Frame, { csrf, parts, wrong }: PostalAddressProps): Markup {
  const words = text.postalAddress;
  const common = (name: AddressPart) => ({
    name,
    label: words.parts[name],
    value: parts[name] ?? "",
    error: wrong === name ? words.errors[name === "street_address" ? "lines" : "line"] : undefined,
    focus: wrong === name,
  });
  const field = (name: keyof typeof autocomplete): Content =>
    textField({ ...common(name), autocomplete: autocomplete[name], maxLength: 200 });
  const street = textArea({ ...common("street_address"), autocomplete: "street-address", rows: 2, maxLength: 400 });
  return html`<form class="stack" method="post" action="${postalAddressPath}">${hidden({ csrf })}
    ${street}
    ${field("postal_code")}
    ${field("locality")}
    ${field("region")}
    ${field("country")}
    <div class="row"><button class="btn btn-1">${words.save}</button><a class="btn btn-quiet" href="/account/profile">${words.leave}</a></div></form>`;
}

function removeForm({ text }: Frame, { csrf }: PostalAddressProps): Markup {
  const words = text.postalAddress;
  return html`<section class="panel stack" aria-labelledby="removing"><div class="stack-s"><h2 id="removing">${words.removeTitle}</h2><p class="mut">${words.removeLede}</p></div>
  <form class="row" method="post" action="${postalAddressPath}/remove">${hidden({ csrf })}<button class="btn">${words.remove}</button></form></section>`;
}
