import { describe, expect, it } from "vitest";
import { type Frame, text } from "../../ui/index.ts";
import { type ConnectedAppsProps, renderConnectedApps } from "./connected-apps.ts";
import { renderKeys } from "./keys.ts";
import { type LimitProps, renderLimit, suggestCaps } from "./limit.ts";
import { renderProfile } from "./profile.ts";

const frame: Frame = {
  text,
  now: Date.UTC(2026, 10, 21, 14, 44),
  brand: { name: "Acme AI", accent: "#0b6b57", links: {} },
};
const person = { label: "maya", csrf: "t1" };
const storyteller = { name: "Storyteller", host: "storyteller.example" };
const december = Date.UTC(2026, 11, 1);
const month = {
  period: "month" as const,
  limitMicros: 10_000_000,
  spentMicros: 8_310_000,
  heldMicros: 60_000,
  resetsAt: december,
};
const today = {
  period: "day" as const,
  limitMicros: 3_000_000,
  spentMicros: 0,
  heldMicros: 0,
  resetsAt: Date.UTC(2026, 10, 22),
};
const props: ConnectedAppsProps = {
  person,
  csrf: "t0",
  apps: [
    {
      grantId: "grt_1",
      app: storyteller,
      scopes: [
        { name: "openid", title: "Recognise you", spends: false },
        { name: "email", title: "See your e-mail address", spends: false },
        { name: "gateway:access", title: "Use the models", spends: true },
        { name: "billing:read", title: "See your balance and receipts", spends: false },
      ],
      payer: "Personal",
      allowedAt: Date.UTC(2026, 10, 2),
      lastUsedAt: frame.now - 12 * 60_000,
      windows: [today, month],
      spentThisMonthMicros: 8_310_000,
    },
  ],
  revoked: [{ grantId: "grt_2", app: { name: "Old Reader", host: "reader.example" }, revokedAt: Date.UTC(2026, 9, 3) }],
};

describe("the connected apps", () => {
  const page = renderConnectedApps(frame, props);

  it("tells what each app knows, spends, and when it was last used", () => {
    expect(page).toContain("1 app, $8.31 in November");
    expect(page).toContain(
      "Knows you and e-mail. Uses all models, paid by Personal. May also see your balance and receipts.",
    );
    expect(page).toContain("Allowed on 2 November 2026</time>");
    expect(page).toContain(", last used 12 minutes ago</time>");
    expect(page).toContain("<b>$8.31</b><span>of $10.00 this month</span>");
    expect(page).toContain("$0.06 held for calls in progress. Starts again on 1 December, 00:00 UTC.");
    expect(page).toContain("Starts again at 00:00 UTC.");
  });

  it("draws the meter in widths of per cent, near its cap from 80", () => {
    expect(page).toContain('aria-label="$8.31 spent, $0.06 held of $10.00"');
    expect(page).toContain('<rect width="83.1%" height="8"/><rect class="held" x="83.1%" width="0.60%" height="8"/>');
    expect(page).toContain('class="meter meter-near"');
  });

  it("opens a tray to change the cap, filled with the caps in force", () => {
    const open = renderConnectedApps(frame, { ...props, tray: { grantId: "grt_1", kind: "change" } });
    expect(page).not.toContain('action="/account/apps/cap"');
    expect(open).toContain(
      'action="/account/apps/cap"><input type="hidden" name="csrf" value="t0"><input type="hidden" name="grant" value="grt_1">',
    );
    expect(open).toMatch(/name="cap_amount"[^>]* value="10.00"/);
    expect(open).toContain('<option value="month" selected>');
    expect(open).toMatch(/name="cap_day"[^>]* value="3.00"/);
    expect(open).toContain("$8.37 is spent or held. A cap below that stops its calls at once, until 1 December.");
  });

  it("keeps what was written beside what is wrong with it", () => {
    const cap = { amount: "x", period: "week" as const, day: "9" };
    const error = { field: "amount", kind: "form" } as const;
    const wrong = renderConnectedApps(frame, { ...props, tray: { grantId: "grt_1", kind: "change", cap, error } });
    expect(wrong).toContain("<title>Error: Connected apps");
    expect(wrong).toMatch(/name="cap_amount"[^>]* value="x"[^>]* aria-invalid="true"/);
    expect(wrong).toContain('<option value="week" selected>');
  });

  it("asks before it revokes, and lists what was revoked when asked", () => {
    const open = renderConnectedApps(frame, {
      ...props,
      tray: { grantId: "grt_1", kind: "revoke" },
      showRevoked: true,
    });
    expect(open).toContain('action="/account/apps/revoke"');
    expect(open).toContain("What it spent, $8.31 in November, stays on your bill.");
    expect(open).toContain("Old Reader");
    expect(page).not.toContain("Old Reader");
    expect(page).toContain('<a href="?show=revoked#revoked">1 revoked app</a>');
  });

  it("offers no cap to an app that may not spend", () => {
    const known = { ...props.apps[0]!, windows: [], scopes: props.apps[0]!.scopes.slice(0, 2) };
    const quiet = renderConnectedApps(frame, { ...props, apps: [known] });
    expect(quiet).toContain("May not spend.");
    expect(quiet).not.toContain("?change=");
  });

  it("says so when there is none", () => {
    expect(renderConnectedApps(frame, { ...props, apps: [] })).toContain("No app has a key to your account");
  });
});

describe("the keys", () => {
  const key = { id: "key_1", name: "Laptop", hint: "sk-ik-…4f0Q", createdAt: Date.UTC(2026, 9, 3), windows: [] };

  it("shows a hint, never a key, and one form to revoke", () => {
    const page = renderKeys(frame, { person, csrf: "t0", keys: [key], revoke: "key_1" });
    expect(page).toContain("<bdi>sk-ik-…4f0Q</bdi>");
    expect(page).toContain("Made on 3 October 2026</time>, not used yet");
    expect(page).toContain(
      'action="/account/keys/revoke"><input type="hidden" name="csrf" value="t0"><input type="hidden" name="key" value="key_1">',
    );
  });
});

describe("the profile", () => {
  const user = {
    id: "usr_1",
    name: "Maya",
    username: "maya",
    email: "m@x.example",
    emailVerified: false,
    createdAt: frame.now,
  };

  it("shows the balance, what is held, and what is left", () => {
    const page = renderProfile(frame, {
      person,
      user,
      workspace: { name: "Personal", balanceMicros: 24_240_000, heldMicros: 60_000 },
    });
    expect(page).toContain('<p class="big num">$24.24</p>');
    expect(page).toContain("<dt>Left to spend</dt><dd>$24.18</dd>");
    expect(page).toContain("Not confirmed");
    expect(page).not.toContain("Calls stop until");
  });

  it("warns when the balance is too low for a call", () => {
    const page = renderProfile(frame, {
      person,
      user,
      workspace: { name: "Personal", balanceMicros: 9_000, heldMicros: 0 },
    });
    expect(page).toContain("Your balance is <strong>under $0.01</strong>.");
  });
});

describe("the page of a reached cap", () => {
  const limit: LimitProps = {
    person,
    csrf: "t0",
    grantId: "grt_1",
    app: storyteller,
    window: { ...month, spentMicros: 10_000_000, heldMicros: 0 },
    reached: true,
    payer: { name: "Personal", leftMicros: 14_180_000 },
  };

  it("offers higher caps, another amount, and leaving it", () => {
    const page = renderLimit(frame, {
      ...limit,
      back: { url: "https://storyteller.example/", host: "storyteller.example" },
    });
    expect(page).toContain('action="/account/limit"');
    expect(page).toContain('<input type="hidden" name="cap_period" value="month">');
    expect(page).toContain('<input type="radio" name="cap" value="15000000" checked>$15.00');
    expect(page).toContain('<dd class="cut">reached</dd>');
    expect(page).toContain('name="decision" value="leave" id="deny" formnovalidate');
    expect(page).toContain('<a href="https://storyteller.example/" rel="noreferrer">go back to Storyteller</a>');
  });

  it("says what is wrong with the other amount", () => {
    const page = renderLimit(frame, { ...limit, other: "3", error: { kind: "notHigher" } });
    expect(page).toContain("Write more than $10.00 each month, or leave it.");
  });

  it("offers nothing above the operator's ceiling", () => {
    const page = renderLimit(frame, { ...limit, ceilingMicros: 10_000_000 });
    expect(page).toContain("The most anyone may allow here is $10.00 each month.");
    expect(page).not.toContain('value="raise"');
  });

  it("suggests caps above the present one, none above the ceiling", () => {
    expect(suggestCaps(10_000_000)).toEqual([15_000_000, 20_000_000, 30_000_000]);
    expect(suggestCaps(0)).toEqual([1_500_000, 2_000_000, 3_000_000]);
    expect(suggestCaps(1_000_000)).toEqual([1_500_000, 2_000_000, 3_000_000]);
    expect(suggestCaps(50_000)).toEqual([80_000, 100_000, 150_000]);
    expect(suggestCaps(20_000)).toEqual([30_000, 40_000, 60_000]);
    expect(suggestCaps(1)).toEqual([10_000]);
    expect(suggestCaps(10_000_000, 18_000_000)).toEqual([15_000_000, 18_000_000]);
    expect(suggestCaps(10_000_000, 10_000_000)).toEqual([]);
  });
});
