import { expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import {
  linkIdentity,
  setPostalAddress,
  setProfile,
  setVerifiedEmail,
  setVerifiedPhone,
} from "../../src/people/index.ts";
import { finishDeletions, requestDeletion } from "../../src/personal-data/index.ts";
import { createAuthenticator } from "../../src/testing/authenticator.ts";
import { everyRow } from "../every-row.ts";
import { holderOf, linkOnPage, signInByPassword } from "../hotkey-holder.ts";
import { addOnPage } from "../passkey-holder.ts";
import { keyOf } from "./api-client.ts";
import { openStoryteller } from "./storyteller.ts";

it("[X09] whatever somebody wrote into a name, the log of a deleted account does not know it", async () => {
  const platform = await openStoryteller({});
  const { ctx, maya, clock } = platform;
  const userId = maya.id;
  const browser = platform.browser();
  await signInByPassword(browser, "maya");
  await addOnPage(browser, createAuthenticator());
  const rooms = "/account/security/passkeys";
  const [, id] = /rename=(pky_\w+)/.exec((await browser.open(rooms)).text) ?? [];
  const renamed = { name: "Maya’s phone" };
  await browser.submit(await browser.open(`${rooms}?rename=${id}`), `${rooms}/rename`, renamed);
  await linkOnPage(browser, await holderOf("ed25519", 1), { name: "Maya’s wallet" });
  await keyOf(platform, maya, { name: "Maya’s laptop" });
  await platform.allow(browser, { scope: "openid profile email gateway:access" });
  await inTx(ctx, async (tx) => {
    await linkIdentity(tx, {
      userId,
      provider: "school",
      subject: "maya@fennick.example",
      label: "maya",
      name: "School",
    });
    await setProfile(tx, userId, { displayName: "Maya Fennick", nickname: "Maya", locale: "de" });
    await setVerifiedEmail(tx, userId, "maya@fennick.example");
    await setVerifiedPhone(tx, userId, "+4915112345678");
    await setPostalAddress(tx, userId, { locality: "Mayadorf" });
  });
  const before = (await everyRow(ctx)).audit_log!;
  for (const action of ["passkey.renamed", "hotkey.linked", "key.created", "identity.linked"])
    expect(before).toContain(action);
  await inTx(ctx, (tx) => requestDeletion(tx, userId));
  clock.advance(15 * 86_400_000);
  expect(await finishDeletions(ctx)).toBe(1);
  for (const [table, text] of Object.entries(await everyRow(ctx)))
    expect(`${table}: ${text}`).not.toMatch(/maya|15112345678/i);
  await platform.close();
});
