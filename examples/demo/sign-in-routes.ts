import { type Context, Hono } from "hono";
import { AuthorizationResponseError } from "openid-client";
import type { sayings } from "./page.ts";
import type { Platform } from "./platform.ts";
import type { Sessions } from "./sessions.ts";
import type { Settings } from "./settings.ts";
import { listModels } from "./stories.ts";

const pendingMax = 5;

/** Leaves with a word that the welcome page puts into a sentence. */
export function say(c: Context, word: keyof typeof sayings): Response {
  return c.redirect(`/?said=${word}`, 303);
}

/** To the platform, back again, and out. */
export function signInRoutes({ issuer, origin }: Settings, platform: Platform, sessions: Sessions): Hono {
  const app = new Hono();

  app.get("/sign-in", async (c) => {
    const begun = await platform.beginSignIn(c.req.query("ask") === "again").catch(() => undefined);
    if (!begun) return say(c, "unreachable");
    const { pending } = sessions.find(c) ?? sessions.open(c);
    const [oldest] = pending.keys();
    if (pending.size >= pendingMax && oldest) pending.delete(oldest);
    pending.set(begun.state, begun.pending);
    return c.redirect(begun.url.href, 303);
  });

  app.get("/callback", async (c) => {
    const state = c.req.query("state") ?? "";
    const before = sessions.find(c);
    const pending = before?.pending.get(state);
    if (!pending) return say(c, "failed");
    before?.pending.delete(state);
    try {
      const callback = new URL(`/callback${new URL(c.req.url).search}`, origin);
      const account = await platform.finishSignIn(callback, state, pending);
      if (account.budget) account.models = await listModels(issuer, account.accessToken);
      // A new name for the session once somebody is in it, so that nobody waits inside with the old one.
      sessions.open(c).account = account;
      return c.redirect("/", 303);
    } catch (error) {
      if (error instanceof AuthorizationResponseError && error.error === "access_denied") return say(c, "refused");
      console.error("sign-in failed:", error);
      return say(c, "failed");
    }
  });

  app.post("/sign-out", async (c) => {
    const account = sessions.find(c)?.account;
    sessions.close(c);
    // Signed out here in any case; a platform that does not answer lets the tokens run out.
    if (account) await platform.endSignIn(account).catch((error) => console.error("revocation failed:", error));
    return say(c, "signed-out");
  });

  return app;
}
