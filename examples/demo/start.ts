/** `npm start`: the demo on this machine, until Ctrl-C. */
import { fileURLToPath } from "node:url";
import { openDemo } from "./demo.ts";
import { credit, type Guest } from "./seed.ts";
import type { RealUpstream, UpstreamChoice } from "./upstream-choice.ts";

const folder = fileURLToPath(new URL("../../.demo", import.meta.url));

function readPort(variable: string, usual: number): number {
  const port = Number(process.env[variable] ?? usual);
  if (!Number.isInteger(port) || port < 1 || port > 64_000)
    throw new Error(`${variable} must be a port number from 1 to 64000.`);
  return port;
}

function readUpstream(): RealUpstream | undefined {
  const { UPSTREAM_BASE_URL: baseUrl, UPSTREAM_API_KEY: apiKey, UPSTREAM_MODEL: model } = process.env;
  if (!baseUrl && !apiKey) return undefined;
  if (!baseUrl || !apiKey) throw new Error("A real upstream needs both UPSTREAM_BASE_URL and UPSTREAM_API_KEY.");
  return { baseUrl, apiKey, model };
}

function describeUpstream({ baseUrl, models }: UpstreamChoice): string {
  if (models) return `  The models come from ${baseUrl}: ${Object.keys(models).join(", ")}, sold at the demo's prices.`;
  return `  The models are a demo upstream that writes made-up tales. For a real one:
    UPSTREAM_BASE_URL=https://…/v1 UPSTREAM_API_KEY=… npm start`;
}

async function main(): Promise<void> {
  const stopped = new Promise<undefined>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => resolve(undefined));
  });
  console.log("Opening the house…");
  const demo = await openDemo({
    folder,
    ports: {
      innkeeper: readPort("PORT", 8420),
      app: readPort("DEMO_APP_PORT", 8421),
      upstream: readPort("DEMO_UPSTREAM_PORT", 8422),
    },
    upstream: readUpstream(),
  });
  const { seeds, issuer, appUrl } = demo;
  const told = ({ username, password }: Guest) => `${username.padEnd(6)}  ${password}`;
  console.log(`
  Storyteller, the demo app    ${appUrl}   begin here: “Sign in with Acme”
  Acme, run by Innkeeper       ${issuer}
  The mail it writes           ${issuer}/dev/outbox

  Create an account on the way ($5.00 of play money), or sign in as
    ${told(seeds.maya)}   ($${credit})
    ${told(seeds.olive)}   who runs Acme: ${issuer}/operator

${describeUpstream(demo.upstream)}

  Everything is kept in .demo/; delete it to begin anew. Ctrl-C stops the house.
`);
  const trouble = await Promise.race([stopped, demo.broken]);
  console.log(
    trouble === undefined ? "Closing the house…" : `${trouble} The rest is stopped too; the logs are in .demo/.`,
  );
  await demo.close();
  if (trouble !== undefined) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
