import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deactivateApp, findApp } from "../../src/apps/index.ts";
import { inTx } from "../../src/context.ts";
import { openStoryteller, type Storyteller } from "./storyteller.ts";

let platform: Storyteller;
let ownerId: string;

beforeEach(async () => {
  platform = await openStoryteller({ name: "Storyteller", public: false });
  ownerId = (await findApp(platform.ctx, platform.app.id))!.ownerId;
});
afterEach(() => platform.close());

describe("the directory", () => {
  const open = async (search = "") => (await platform.browser().open(`/apps${search}`)).text;

  it("shows listed apps to everybody, with owner, host and no exact number of people", async () => {
    await platform.addApp(ownerId, {
      name: "Quarry",
      homepage_url: "https://quarry.example/x",
      description: "Finds it.",
    });
    const text = await open();
    for (const words of ["Quarry", "Finds it.", "quarry.example", "By kit", "Under 10 people"])
      expect(text).toContain(words);
    expect(text).not.toContain("Storyteller");
    expect(text).not.toContain("cid_");
  });

  it("forgets an app that is switched off", async () => {
    const made = await platform.addApp(ownerId, { name: "Quarry" });
    expect(await open()).toContain("Quarry");
    await inTx(platform.ctx, (tx) => deactivateApp(tx, made.id, ownerId));
    expect(await open()).not.toContain("Quarry");
  });

  it("[N04] finds by words, and takes signs of a pattern as they are", async () => {
    await platform.addApp(ownerId, { name: "Quarry", description: "100% of it" });
    await platform.addApp(ownerId, { name: "Fieldnotes" });
    expect(await open("?search=quarr")).toContain("1 app with");
    expect(await open("?search=100%25")).toContain("Quarry");
    for (const nothing of ["%25%25", "_uarry", "!", "x".repeat(1000), "%3Cscript%3E"]) {
      const text = await open(`?search=${nothing}`);
      expect(text).toContain("No app fits");
      expect(text).not.toContain("<script");
    }
  });

  it("has pages, and none beyond the last", async () => {
    for (let number = 10; number < 40; number++) await platform.addApp(ownerId, { name: `App ${number}` });
    const first = await open();
    expect(first).toContain("Apps 1 to 24 of 30");
    expect(await open("?page=1")).toContain("Apps 25 to 30 of 30");
    for (const page of ["2", "-1", "99999", "abc"]) {
      expect((await platform.browser().open(`/apps?page=${page}`)).status).toBe(404);
    }
  });
});
