import { describe, expect, it } from "vitest";
import { type Frame, text } from "../../ui/index.ts";
import { type ConsentProps, renderConsent } from "./consent.ts";

const frame: Frame = {
  text,
  now: Date.UTC(2026, 10, 21),
  brand: { name: "Acme AI", accent: "#0b6b57", links: {} },
};
const openid = { scope: "openid", title: "Recognise you when you come back", optional: false };
const email = { scope: "email", title: "See your e-mail address", detail: "maya@fennick.example", optional: true };
const spends = { scope: "gateway:access", title: "Use Acme AI’s models, on your bill", optional: false };
const props: ConsentProps = {
  csrf: "t0",
  request: "sealed",
  person: { label: "maya@fennick.example", csrf: "t1" },
  app: {
    name: "Storyteller",
    host: "storyteller.example",
    madeBy: "Kit Larkin",
    since: Date.UTC(2026, 10, 2),
    people: 41,
  },
  know: [openid, email],
  spending: {
    permissions: [spends],
    workspaces: [{ id: "ws_1", name: "Personal", leftMicros: 24_189_999 }],
    cap: { amount: "10.00", period: "month" },
    proposal: { limitMicros: 10_000_000, period: "month" },
    fallback: { limitMicros: 5_000_000, period: "month" },
  },
};
const page = renderConsent(frame, props);
const before = { titles: [openid.title], at: Date.UTC(2026, 2, 4) };

describe("the consent page", () => {
  it("keeps the handles that automated browsers use", () => {
    expect(page).toMatch(/<form [^>]*method="post" action="\/idp\/authorize\/consent">/);
    expect(page).toContain('<button class="btn btn-1 login-submit" name="decision" value="allow">Allow</button>');
    expect(page).toContain('<button class="btn" name="decision" value="deny" id="deny" formnovalidate>Deny</button>');
  });

  it("never allows by Enter: the first submit is a review", () => {
    const form = page.slice(page.indexOf('action="/idp/authorize/consent"'));
    expect(form.slice(form.indexOf("<button")).split(">")[0]).toContain('name="decision" value="review"');
  });

  it("says who asks, where the answer goes, how much, since when", () => {
    expect(page).toContain("Storyteller wants to use your Acme AI account</h1>");
    expect(page).toContain("<dt>Answer goes to</dt><dd><bdi>storyteller.example</bdi></dd>");
    expect(page).toContain('<dt>Asks to spend</dt><dd class="num">up to $10.00 each month</dd>');
    expect(page).toContain("“Kit Larkin”, says the app");
    expect(page).toContain("since 2 Nov 2026, 41 people");
    expect(page).toContain("Unverified");
    expect(page).toContain("We do not know who makes Storyteller.");
  });

  it("ticks nothing for the person: what is needed has no box, what is optional an empty one", () => {
    expect(page).not.toContain('value="openid"');
    expect(page).toContain('<input class="box" type="checkbox" name="scope" value="email">');
    expect(page).not.toContain(" checked");
    const again = renderConsent(frame, { ...props, know: [openid, { ...email, ticked: true }] });
    expect(again).toContain('value="email" checked>');
  });

  it("lets the payer and the cap be chosen, and promises no cent that is not there", () => {
    expect(page).toContain('<option value="ws_1">Personal ($24.18 left)</option>');
    expect(page).toMatch(/name="cap_amount" inputmode="decimal"[^>]* value="10.00"/);
    for (const period of ["day", "week", "month", "total"]) expect(page).toContain(`<option value="${period}"`);
    expect(page).toContain('<option value="month" selected>each month</option>');
    expect(page).toContain('name="cap_day"');
    expect(page).toContain('name="until" type="date"');
    expect(page).toContain("Storyteller suggests $10.00 each month. At the cap its calls stop; you never pay more.");
  });

  it("explains the first amount when the app suggests none, and the operator's ceilings", () => {
    const spending = { ...props.spending!, proposal: undefined, ceilings: { month: 50_000_000 } };
    const own = renderConsent(frame, { ...props, spending });
    expect(own).toContain("Storyteller suggests no cap. We start with $5.00 each month; write your own.");
    expect(own).toContain("No cap may be above $50.00 each month.");
    expect(own).toContain("as much as you allow");
  });

  it("offers identity without spending only where something else is asked", () => {
    expect(page).toContain('name="decision" value="identity" formnovalidate>Sign me in, but no spending</button>');
    expect(renderConsent(frame, { ...props, know: [] })).not.toContain('value="identity"');
    expect(renderConsent(frame, { ...props, spending: undefined })).not.toContain('value="identity"');
  });

  it("asks for identity alone on one slip without money", () => {
    const identity = renderConsent(frame, { ...props, spending: undefined });
    expect(identity).toContain("Storyteller wants to know it is you</h1>");
    expect(identity).not.toMatch(/cap_amount|stub-bill|Asks to spend/);
    expect(identity).toContain('id="deny"');
  });

  it("shows a mistake beside the amount and keeps what was written", () => {
    const spending = { ...props.spending!, cap: { amount: "1O", period: "week" as const } };
    const wrong = renderConsent(frame, {
      ...props,
      spending: { ...spending, error: { field: "amount", kind: "form" } },
    });
    expect(wrong).toContain("<title>Error: Allow Storyteller? · Acme AI</title>");
    expect(wrong).toMatch(/value="1O"[^>]* aria-invalid="true" aria-describedby="cap_amount-note"[^>]* autofocus>/);
    expect(wrong).toContain('<p class="error" id="cap_amount-note">Write an amount such as 10 or 10.50.</p>');
  });

  it("opens the further limits when something in them is wrong or set", () => {
    expect(page).toContain('<details class="more"><summary>');
    const spending = { ...props.spending!, error: { field: "until", kind: "past" } as const };
    const late = renderConsent(frame, { ...props, spending });
    expect(late).toContain('<details class="more" open><summary>');
    expect(late).toContain("Choose a day after today, or leave it empty.");
  });

  it("reads the terms back after Enter, all of them", () => {
    const month = { limitMicros: 12_000_000, period: "month" as const };
    const day = { limitMicros: 2_000_000, period: "day" as const };
    const render = (review: NonNullable<ConsentProps["spending"]>["review"]) =>
      renderConsent(frame, { ...props, spending: { ...props.spending!, review } });
    expect(render({ caps: [month], until: null })).toContain("The cap is <strong>$12.00 each month</strong>.");
    expect(render({ caps: [month, day], until: Date.UTC(2027, 1, 1) })).toContain(
      "The cap is <strong>$12.00 each month and $2.00 each day</strong>, until <strong>1 February 2027</strong>.",
    );
  });

  it("warns once when the answer goes to a program on this computer", () => {
    const local = renderConsent(frame, { ...props, app: { ...props.app, host: "localhost:8976", loopback: true } });
    expect(local).toContain(
      "The answer goes to a program on <strong>this computer</strong> (<bdi>localhost:8976</bdi>).",
    );
    expect(local).not.toContain("We do not know who makes");
  });
});

describe("the page of a further request", () => {
  it("shows only what is new, and the bill that stays", () => {
    const bill = {
      cap: { limitMicros: 25_000_000, period: "month" as const },
      spentMicros: 6_420_000,
      payer: "Personal",
    };
    const more = renderConsent(frame, { ...props, know: [openid], spending: undefined, before: { ...before, bill } });
    expect(more).toContain("Storyteller asks for one thing more</h1>");
    expect(more).toContain("1 thing you allowed on 4 March 2026 stays as it is");
    expect(more).toContain('<span class="opt new">New</span>');
    expect(more).toContain("Your bill does not change");
    expect(more).toContain("<dt>Spent in November</dt><dd>$6.42</dd>");
    expect(more).not.toContain("cap_amount");
  });

  it("asks for a cap when spending is what is new, and can leave it out", () => {
    const more = renderConsent(frame, { ...props, know: [], before });
    expect(more).toContain("Storyteller asks for one thing more</h1>");
    expect(more).toContain('name="cap_amount"');
    expect(more).toContain('value="identity"');
    expect(more).not.toContain("Your bill does not change");
  });
});
