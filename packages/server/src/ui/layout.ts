import { assetsFor } from "./assets.ts";
import type { Brand } from "./brand.ts";
import { hidden } from "./form.ts";
import { icon, spriteFor } from "./icons.ts";
import { initialOf } from "./initial.ts";
import { languageChoice } from "./language-choice.ts";
import { attribute, type Content, html, type Markup } from "./markup.ts";
import type { Text } from "./text/index.ts";

/** What every page receives beside its own props. */
export interface Frame {
  brand: Brand;
  text: Text;
  /** Epoch milliseconds: dates and last uses are told from here. */
  now: number;
  /** Where this page can be loaded again, for the choice of the language. Undefined for the answer to a form. */
  here?: string | undefined;
}

/** The person who is signed in, as the bar names them. */
export interface Person {
  /** The e-mail address, or the username where there is none. */
  label: string;
  /** The form token of the session: for `POST /sign-out` and `POST /account/switch`. */
  csrf: string;
}

export interface Stage {
  title: string;
  /** After a failed submit the title of the page says so. */
  failed?: boolean;
  person?: Person;
  /** The sealed authorization request, so that "Not you?" keeps it. */
  request?: string;
  /** The page of our own that "Not you?" comes back to. */
  next?: string;
  body: Content;
}

export type AccountRoom = "connected" | "usage" | "keys" | "security" | "sessions" | "profile" | "apps";

export interface Room {
  room: AccountRoom;
  /** @default the name of the room */
  title?: string;
  failed?: boolean;
  person: Person;
  body: Content;
}

/** One decision in the middle of the page. */
export function renderStage(frame: Frame, { title, failed, person, request, next, body }: Stage): string {
  return renderDocument(frame, {
    title: failed ? frame.text.frame.errorTitle(title) : title,
    width: "",
    who: person && switchForm(frame, person, { request, next }),
    csrf: person?.csrf,
    body: html`<main class="stage" id="main">${body}</main>`,
  });
}

/** A room of the account, with the way to the others. */
export function renderRoom(frame: Frame, { room, title, failed, person, body }: Room): string {
  const words = frame.text.frame;
  const named = title ?? words[room];
  return renderDocument(frame, {
    title: failed ? words.errorTitle(named) : named,
    width: " wide-bar",
    who: signOutForm(frame, person),
    csrf: person.csrf,
    body: html`<div class="shell">${roomList(frame, room)}<main id="main">${body}</main></div>`,
  });
}

/** A room of the people who run the platform. */
export interface Office {
  title: string;
  failed?: boolean;
  person: Person;
  /** The name of the list of rooms, and those that this person may enter. */
  label: string;
  rooms: readonly { path: string; words: string; current: boolean }[];
  body: Content;
}

export function renderOffice(frame: Frame, { title, failed, person, label, rooms, body }: Office): string {
  const links = rooms.map(({ path, words, current }) => {
    return html`<a href="${path}"${attribute("aria-current", current ? "page" : undefined)}>${words}</a>`;
  });
  return renderDocument(frame, {
    title: failed ? frame.text.frame.errorTitle(title) : title,
    width: " wide-bar",
    who: signOutForm(frame, person),
    csrf: person.csrf,
    body: html`<div class="shell"><nav class="nav" aria-label="${label}">${links}</nav><main id="main">${body}</main></div>`,
  });
}

export interface Hall {
  title: string;
  /** Anybody may stand here: without a person there is a way to sign in. */
  person?: Person;
  body: Content;
}

/** A page for everybody, signed in or not. */
export function renderHall(frame: Frame, { title, person, body }: Hall): string {
  const door = html`<p class="who"><a href="/sign-in">${frame.text.signIn.title}</a></p>`;
  return renderDocument(frame, {
    title,
    width: " hall-bar",
    who: person ? signOutForm(frame, person) : door,
    csrf: person?.csrf,
    body: html`<main class="hall" id="main">${body}</main>`,
  });
}

const ownRooms: readonly AccountRoom[] = ["connected", "usage", "keys", "security", "sessions", "profile"];
const developerRooms: readonly AccountRoom[] = ["apps"];

function roomList(frame: Frame, current: AccountRoom): Markup {
  const words = frame.text.frame;
  const links = (rooms: readonly AccountRoom[]) =>
    rooms.map((room) => {
      const mark = attribute("aria-current", room === current ? "page" : undefined);
      return html`<a href="/account/${room}"${mark}>${words[room]}</a>`;
    });
  const developer = html`<p>${words.developer}</p>${links(developerRooms)}`;
  return html`<nav class="nav" aria-label="${words.account}">${links(ownRooms)}${developer}<a href="/apps">${words.directory}</a></nav>`;
}

function switchForm(frame: Frame, person: Person, waiting: Pick<Stage, "request" | "next">): Markup {
  return html`<form class="who" method="post" action="/account/switch">${hidden({ csrf: person.csrf, ...waiting })}
    <span><bdi>${person.label}</bdi></span><button class="link">${frame.text.frame.notYou}</button></form>`;
}

function signOutForm(frame: Frame, person: Person): Markup {
  return html`<form class="who" method="post" action="/sign-out">${hidden({ csrf: person.csrf, logout: "yes" })}
    <span><bdi>${person.label}</bdi></span><button class="link">${frame.text.frame.signOut}</button></form>`;
}

interface Document {
  title: string;
  /** The class that lines bar and foot up with the body. */
  width: "" | " wide-bar" | " hall-bar";
  who: Markup | undefined;
  /** The form token of whoever is signed in. */
  csrf: string | undefined;
  body: Markup;
}

function renderDocument(frame: Frame, { title, width, who, csrf, body }: Document): string {
  const { brand, text, here } = frame;
  const assets = assetsFor(brand);
  const house = html`<a class="skip" href="#main">${text.frame.skip}</a>
<header class="bar${width}">${brandLink(brand)}${who}</header>
${body}
<footer class="foot${width}">${footLinks(frame)}${here !== undefined && languageChoice(text, here, csrf)}<span class="by">${icon("key", 14)}${text.frame.signature}</span></footer>`;
  return html`<!doctype html>
<html lang="${text.language}" dir="${text.direction}">
<head>
<meta charset="utf-8">
<title>${title} · ${brand.name}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="${brand.logoUrl ?? assets.mark.path}">
<link rel="stylesheet" href="${assets.sheet.path}">
</head>
<body>
${spriteFor(house.toString())}
${house}
</body>
</html>
`.toString();
}

function brandLink(brand: Brand): Markup {
  const sign = brand.logoUrl
    ? html`<img src="${brand.logoUrl}" alt="" height="24">`
    : html`<span class="initial" aria-hidden="true">${initialOf(brand.name)}</span>`;
  return html`<a class="brand" href="/">${sign}${brand.name}</a>`;
}

function footLinks({ brand: { links }, text }: Frame): Content {
  const named = [
    [links.privacy, text.frame.privacy],
    [links.terms, text.frame.terms],
    [links.help, text.frame.help],
  ] as const;
  return named.map(([href, words]) => href && html`<a href="${href}">${words}</a>`);
}
