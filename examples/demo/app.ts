/**
 * Storyteller, the demo app: short stories on the user's own bill. It shows all that an app does with Innkeeper: sign-in,
 * calls with the user's token, what is left of the cap, and every way a call can be refused.
 */
import { readFileSync } from "node:fs";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { deskPage, sayings, welcomePage } from "./page.ts";
import { Platform, SignInEnded } from "./platform.ts";
import { protections } from "./protect.ts";
import { Sessions } from "./sessions.ts";
import { readSettings, type Settings } from "./settings.ts";
import { say, signInRoutes } from "./sign-in-routes.ts";
import { storyRoutes } from "./story-routes.ts";

const files = {
  "/storyteller.css": "text/css",
  "/storyteller.mjs": "text/javascript",
  "/storyteller.svg": "image/svg+xml",
} as const;

/** Storyteller as a function from `Request` to `Response`. */
export function createStoryteller(settings: Settings): { fetch: (request: Request) => Response | Promise<Response> } {
  const { issuer, origin, platformName } = settings;
  const platform = new Platform(settings);
  const sessions = new Sessions();
  const surroundings = { platformName, accountUrl: new URL("/account/connected", issuer).href };
  const app = new Hono();
  app.use(...protections(origin));

  for (const [path, type] of Object.entries(files)) {
    const text = readFileSync(new URL(`./public${path}`, import.meta.url), "utf8");
    app.get(path, (c) => c.body(text, 200, { "content-type": `${type}; charset=utf-8` }));
  }

  app.get("/", async (c) => {
    const session = sessions.find(c);
    if (!session?.account) return c.html(welcomePage(surroundings, readSaying(c.req.query("said"))));
    try {
      // New tokens bring what the user has changed at the platform meanwhile: the cap, or that it is over.
      session.account.renewAt = 0;
      await platform.freshToken(session.account);
    } catch (error) {
      if (error instanceof SignInEnded) {
        delete session.account;
        return say(c, error.why);
      }
      // A platform that does not answer now may answer the next call; what is known stays on the page.
      console.error("renewal failed:", error);
    }
    return c.html(deskPage(surroundings, session.account));
  });

  app.route("/", signInRoutes(settings, platform, sessions));
  app.route("/", storyRoutes(settings, platform, sessions));
  return { fetch: (request) => app.fetch(request) };
}

function readSaying(word: string | undefined): keyof typeof sayings | undefined {
  return word !== undefined && Object.hasOwn(sayings, word) ? (word as keyof typeof sayings) : undefined;
}

if (import.meta.main) {
  const settings = readSettings(process.env);
  const { fetch } = createStoryteller(settings);
  const server = serve({ fetch, port: settings.port, hostname: "127.0.0.1" }, () =>
    console.log(JSON.stringify({ ready: true, url: settings.origin, pid: process.pid })),
  );
  const stop = () => {
    server.close(() => process.exit(0));
    if ("closeAllConnections" in server) server.closeAllConnections();
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);
}
