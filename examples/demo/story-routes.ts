import { Hono } from "hono";
import { stream } from "hono/streaming";
import { z } from "zod";
import type { Turn } from "./account.ts";
import { billMarkup, refusalMarkup, turnMarkup } from "./parts.ts";
import { type Platform, SignInEnded } from "./platform.ts";
import { describeRefusal, type Refusal } from "./refusals.ts";
import type { Session, Sessions } from "./sessions.ts";
import type { Settings } from "./settings.ts";
import { tellStory } from "./stories.ts";

const storyRequest = z.object({ prompt: z.string().trim().min(1).max(2000), model: z.string().min(1).max(128) });

/** `POST /story` answers line by line: `{piece}` of the text, then the finished `{turn}` or a `{notice}`, then the `{bill}`. */
export function storyRoutes({ issuer, platformName }: Settings, platform: Platform, sessions: Sessions): Hono {
  const app = new Hono();

  app.post("/story", async (c) => {
    if (!c.req.header("content-type")?.startsWith("application/json")) return c.json({ error: "JSON only" }, 415);
    const request = storyRequest.safeParse(await c.req.json().catch(() => undefined));
    if (!request.success) return c.json({ error: "an idea and a model" }, 400);
    const session = sessions.find(c);
    const account = session?.account;
    c.header("content-type", "application/x-ndjson");
    return stream(c, async (answer) => {
      const write = (event: object) => answer.write(`${JSON.stringify(event)}\n`);
      try {
        if (!account) throw new SignInEnded("expired");
        const turn: Turn = { ...request.data, text: "" };
        // A closed tab does not stop the story: it is on the bill anyway, and waits when the page is opened again.
        for await (const piece of tellStory(platform, issuer, account, turn)) await write({ piece });
        await write({ turn: String(turnMarkup(turn)) });
      } catch (error) {
        const refusal = describeRefusal(error, platformName);
        if (refusal.kind === "failed") console.error("story failed:", error);
        if (session) remember(session, refusal);
        await write({ notice: String(refusalMarkup(refusal)) });
      }
      if (account) await write({ bill: String(billMarkup(account)) });
    });
  });

  return app;
}

/** A platform that knows us no more is forgotten; after a refusal for money the next tokens tell whether the cap changed. */
function remember(session: Session, { kind }: Refusal): void {
  if (kind === "ended") delete session.account;
  if (session.account && (kind === "cap" || kind === "balance")) session.account.renewAt = 0;
}
