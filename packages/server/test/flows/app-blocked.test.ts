import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deactivateApp, findApp } from "../../src/apps/index.ts";
import { inTx } from "../../src/context.ts";
import { password } from "../../src/testing/platform.ts";
import { openStoryteller, type Storyteller, signInForm } from "./storyteller.ts";

let platform: Storyteller;

beforeEach(async () => {
  platform = await openStoryteller();
});
afterEach(() => platform.close());

describe("the page of an app that an operator stopped", () => {
  it("[N06] tells its owner so, and starts nothing", async () => {
    const kit = platform.browser();
    await kit.submit(await kit.open(signInForm), signInForm, { login: "kit", password });
    const { ctx, app, clock } = platform;
    const stopped = await inTx(ctx, (tx) => deactivateApp(tx, app.id, "usr_operator", { asOperator: true }));
    expect(stopped).toMatchObject({ deactivatedAt: clock.now(), blockedAt: clock.now() });
    const page = await kit.open(`/account/apps/app?app=${app.id}`);
    const refused = await kit.submit(page, "/account/apps/activate");
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining("Only an operator starts it again.")]);
    expect(await findApp(ctx, app.id)).toEqual(stopped);
  });
});
