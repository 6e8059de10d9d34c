import { html, raw } from "hono/html";
import type { Account } from "./account.ts";
import { type Budget, leftText } from "./budget.ts";
import { billMarkup, noticeMarkup, refusalMarkup, signInButton, turnMarkup } from "./parts.ts";
import { notGranted } from "./refusals.ts";

type Markup = ReturnType<typeof html>;

const icons = raw(`<svg width="0" height="0" hidden aria-hidden="true">
<symbol id="i-story" viewBox="0 0 24 24"><path d="M11 6.2C9 4.9 6.3 4.4 3 4.5v13.6c3.2-.1 5.8.4 8 1.8V6.2Zm2 0c2-1.3 4.7-1.8 8-1.7v13.6c-3.2-.1-5.8.4-8 1.8V6.2Z"/></symbol>
<symbol id="i-acme" viewBox="0 0 24 24"><path d="M12 2.5 22.5 21h-5.4L12 11.6 6.9 21H1.5L12 2.5Z"/><circle cx="12" cy="18.6" r="2.4"/></symbol>
<symbol id="i-slip" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M3 1h10v14l-2.5-1.6L8 15l-2.5-1.6L3 15V1Zm2.5 3.25v1.5h5v-1.5h-5Zm0 3.5v1.5h3v-1.5h-3Z"/></symbol>
<symbol id="i-warn" viewBox="0 0 20 20"><circle cx="10" cy="10" r="7.25" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M9.2 5.8h1.6l-.25 5.4h-1.1L9.2 5.8Z"/><circle cx="10" cy="13.4" r="1"/></symbol>
<symbol id="i-good" viewBox="0 0 20 20"><circle cx="10" cy="10" r="7.25" fill="none" stroke="currentColor" stroke-width="1.5"/><path fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" d="m6.8 10.2 2.2 2.2 4.2-4.7"/></symbol>
</svg>`);

const suggestions = [
  "A lighthouse that is afraid of the dark",
  "The last bookshop on the moon",
  "How the cat became the night porter",
];

/** What a sign-in or a sign-out can end with, by the word in the address. */
export const sayings = {
  "signed-out": { tone: "good", text: "You are signed out. Storyteller gave its key back." },
  refused: { tone: "plain", text: "Nothing was allowed. Storyteller knows nothing about you and cannot spend." },
  failed: { tone: "bad", text: "The sign-in did not finish, and nothing was shared. Start it again." },
  unreachable: { tone: "bad", text: "The platform did not answer. Try again in a moment." },
  revoked: { tone: "caution", text: "Storyteller may no longer spend for you. Sign in again." },
  expired: { tone: "caution", text: "Your sign-in has ended. Sign in again." },
} as const;

export interface Surroundings {
  platformName: string;
  /** The platform's page where caps are changed and apps revoked. */
  accountUrl: string;
}

/** The page for somebody who has not signed in. */
export function welcomePage({ platformName }: Surroundings, said: keyof typeof sayings | undefined): Markup {
  return layout(
    "Storyteller",
    html``,
    html`<div class="slip slip-2">
  <section class="stub stack" aria-labelledby="welcome">
    <span class="tile"><svg width="24" height="24" aria-hidden="true"><use href="#i-story"/></svg></span>
    <div><h1 id="welcome">Stories, on your own bill</h1>
    <p class="lede">Storyteller writes short stories with ${platformName}’s models. You sign in with ${platformName}, you say what it may spend at most, and every story shows its price.</p></div>
    ${said ? noticeMarkup(sayings[said].tone, html`<p>${sayings[said].text}</p>`) : ""}
    <p class="go">${signInButton(`Sign in with ${platformName}`, "lg")}</p>
    <p class="fine">New to ${platformName}? You can create an account on the way.</p>
  </section>
  <div class="perf" role="presentation"></div>
  <section class="stub stub-bill stack" aria-labelledby="costs">
    <h2 class="head" id="costs"><svg width="18" height="18" aria-hidden="true"><use href="#i-slip"/></svg>What it costs</h2>
    <dl class="bill">
      <div><dt>Storyteller itself</dt><dd>$0.00</dd></div>
      <div><dt>Each story</dt><dd>what ${platformName} charges</dd></div>
      <div class="sum"><dt>Suggested cap</dt><dd>$1.00 each month</dd></div>
    </dl>
    <p class="fine">The cap is the most it may spend. ${platformName} asks you first: lower it, raise it, or sign in without spending.</p>
  </section>
</div>`,
  );
}

/** The page for somebody who has. */
export function deskPage(surroundings: Surroundings, account: Account): Markup {
  const { platformName } = surroundings;
  return layout(
    "Storyteller",
    html`<form class="who" method="post" action="/sign-out"><span><bdi>${account.name}</bdi></span><button class="link" id="sign-out">Sign out</button></form>`,
    html`<div class="slip slip-desk">
  <section class="stub desk" aria-labelledby="desk">
${account.budget ? askMarkup(account, account.budget) : html`<h1 id="desk">Good to see you, ${account.name}</h1>${refusalMarkup(notGranted(platformName))}`}
  </section>
  <div class="perf" role="presentation"></div>
  <section class="stub stub-bill" aria-labelledby="bill-title">
    <div class="pane">
    <h2 class="head" id="bill-title"><svg width="18" height="18" aria-hidden="true"><use href="#i-slip"/></svg>Your bill at ${platformName}</h2>
    <div id="bill">${billMarkup(account)}</div>
    <p class="fine">Change the cap or revoke Storyteller at any time under <a href="${surroundings.accountUrl}">Connected apps</a> at ${platformName}.</p>
    </div>
  </section>
</div>`,
  );
}

function askMarkup(account: Account, budget: Budget): Markup {
  const isFresh = account.turns.length === 0;
  return html`<h1 id="desk" class="${isFresh ? "" : "vh"}">What shall it be about?</h1>
<div id="turns" class="turns">${account.turns.map(turnMarkup)}</div>
<ul class="ideas" id="ideas"${isFresh ? "" : " hidden"}>${suggestions.map((idea) => html`<li><button type="button" class="idea">${idea}</button></li>`)}</ul>
<div id="notice" role="status"></div>
<form id="ask" class="ask">
  <label class="vh" for="prompt">Your idea</label>
  <textarea id="prompt" name="prompt" rows="2" maxlength="2000" placeholder="An idea for a story" required></textarea>
  <div class="ask-row">
    <label class="vh" for="model">Model</label>
    <span class="select select-s"><select id="model" name="model">${account.models.map((model) => html`<option>${model}</option>`)}</select></span>
    <span class="ask-left num" id="ask-left" aria-hidden="true">${leftText(budget.remainingMicros)} left</span>
    <button class="btn btn-1" id="tell">Tell it</button>
  </div>
</form>
<noscript><p class="fine">Stories arrive word by word, which needs scripts. Signing in and out works without.</p></noscript>
<script type="module" src="/storyteller.mjs"></script>`;
}

function layout(title: string, who: Markup, main: Markup): Markup {
  return html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/storyteller.svg" type="image/svg+xml">
<link rel="stylesheet" href="/storyteller.css">
</head>
<body>
${icons}
<a class="skip" href="#main">Skip to the page</a>
<header class="bar"><a class="brand" href="/"><svg width="24" height="24" aria-hidden="true"><use href="#i-story"/></svg>Storyteller</a>${who}</header>
<main class="stage" id="main">
${main}
</main>
<footer class="foot"><span>A demo app. It keeps nothing after it stops.</span><span class="by">An example of Innkeeper</span></footer>
</body>
</html>`;
}
