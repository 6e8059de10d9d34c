import { expect, it } from "vitest";
import { type MyApp, showApp } from "./my-app.ts";

const app: MyApp = {
  app_id: "app_1",
  client_id: "cli_1",
  name: "Fieldnotes",
  description: null,
  redirect_uris: ["https://fieldnotes.example/callback"],
  homepage_url: null,
  client_type: "confidential",
  allowed_scopes: ["openid"],
  active: true,
  public: false,
  refresh_token_lifetime_days: 30,
  created_at: "2027-01-31T12:34:56.789Z",
  updated_at: "2027-01-31T12:34:56.789Z",
};

it("shows the cap an app proposes, if it proposes one", () => {
  expect(showApp({ ...app, budget_proposal: { limit: "5.00", period: "month" } })).toContain(
    "proposes        $5.00 (month)",
  );
  expect(showApp({ ...app, budget_proposal: null }).join("\n")).not.toContain("proposes");
  expect(showApp(app).join("\n")).not.toContain("proposes");
});
