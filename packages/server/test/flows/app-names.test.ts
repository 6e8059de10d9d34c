import { afterEach, beforeEach, expect, it } from "vitest";
import { findApp } from "../../src/apps/index.ts";
import type { Browser } from "../../src/testing/browser.ts";
import { password } from "../../src/testing/platform.ts";
import { openStoryteller, type Storyteller, signInForm } from "./storyteller.ts";

let platform: Storyteller;
let kit: Browser;

beforeEach(async () => {
  platform = await openStoryteller();
  kit = platform.browser();
  const door = await kit.follow(await kit.open("/account/apps"));
  await kit.follow(await kit.submit(door, signInForm, { login: "kit", password }));
});
afterEach(() => platform.close());

const create = async (name: string) => {
  const values = { name, redirect_uris: "https://a.example/callback", scopes: ["openid"], decision: "save" };
  return kit.submit(await kit.open("/account/apps/new"), "/account/apps/new", values);
};
const edit = async (values: Record<string, string>) => {
  const page = await kit.open(`/account/apps/edit?app=${platform.app.id}`);
  return kit.submit(page, "/account/apps/edit", { ...values, decision: "save" });
};
const name = async () => (await findApp(platform.ctx, platform.app.id))?.name;

it.each([
  ["Quar-ry", "Another app here has this name, or one that looks like it."],
  ["Acme Login", "Only this platform itself may have such a name."],
  ["АСМЕ", "Only this platform itself may have such a name."],
  ["Fieldnоtes", "A word mixes letters of several alphabets that look alike."],
])(
  "[T22] an app is not called %s, by the form of a new one or of a change, and the field says why",
  async (wrong, why) => {
    expect((await create("Quarry")).status).toBe(200);
    for (const refused of [await create(wrong), await edit({ name: wrong })]) {
      expect(refused.status).toBe(400);
      expect(refused.text).toContain(why);
      expect(refused.text).toMatch(/id="name"[^>]*aria-invalid="true"/);
    }
    expect(await name()).toBe("Storyteller");
  },
);

it("[T22] an app with the brand among its own words is registered, and a name that an operator gave stays in the form", async () => {
  expect((await create("Acme Notes")).status).toBe(200);
  const given = await platform.addApp((await findApp(platform.ctx, platform.app.id))!.ownerId, { name: "Acme Login" });
  const page = await kit.open(`/account/apps/edit?app=${given.id}`);
  await kit.submit(page, "/account/apps/edit", { description: "Ours", decision: "save" });
  expect(await findApp(platform.ctx, given.id)).toMatchObject({ name: "Acme Login", description: "Ours" });
});
