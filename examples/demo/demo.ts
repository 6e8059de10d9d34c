import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Child, startChild } from "./child.ts";
import { type Seeds, seed } from "./seed.ts";
import { demoUpstream, type RealUpstream, realUpstream, type UpstreamChoice } from "./upstream-choice.ts";

export interface DemoOptions {
  /** Holds the database, the settings and the logs. */
  folder: string;
  ports: { innkeeper: number; app: number; upstream: number };
  /** A real provider instead of the demo upstream. */
  upstream?: RealUpstream | undefined;
}

export interface Demo {
  issuer: string;
  appUrl: string;
  seeds: Seeds;
  upstream: UpstreamChoice;
  /** Resolves with a sentence when one of the processes ends by itself. */
  broken: Promise<string>;
  close(): Promise<void>;
}

const programOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const innkeeperProgram = programOf("../../packages/cli/src/main.ts");

/**
 * The whole house on this machine: the demo upstream, Innkeeper as the platform "Acme", and the demo app.
 * @throws Error with a sentence for people when a port is taken or a part does not start
 */
export async function openDemo({ folder, ports, upstream: real }: DemoOptions): Promise<Demo> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await refuseTakenPorts({
    PORT: ports.innkeeper,
    DEMO_APP_PORT: ports.app,
    ...(real ? {} : { DEMO_UPSTREAM_PORT: ports.upstream }),
  });
  const upstream = real ? await realUpstream(real) : demoUpstream(ports.upstream);
  const configFile = writeConfig(folder, upstream);
  const issuer = `http://localhost:${ports.innkeeper}`;
  const appUrl = `http://127.0.0.1:${ports.app}`;
  const cli = ["--config", configFile, "--data", folder, "--issuer", issuer, "--json"];
  const children: Child[] = [];
  const open = async (name: string, program: string, env: Record<string, string>, args: string[] = []) => {
    const logFile = join(folder, `${name.toLowerCase().replaceAll(" ", "-")}.log`);
    const child = startChild({ name, program, env, args, logFile });
    children.push(child);
    await child.ready;
  };
  const close = async () => {
    for (const child of children.toReversed()) await child.stop();
  };
  try {
    if (!real) {
      const env = { PORT: String(ports.upstream), DEMO_UPSTREAM_KEY: upstream.apiKey };
      await open("The demo upstream", programOf("./upstream.ts"), env);
    }
    await open("Innkeeper", innkeeperProgram, {}, [
      "start",
      ...cli,
      "--port",
      String(ports.innkeeper),
      "--host",
      "127.0.0.1",
    ]);
    const seeds = await seed({ folder, program: innkeeperProgram, cli, callback: `${appUrl}/callback` });
    const { app } = seeds;
    const env = { ISSUER: issuer, PORT: String(ports.app), CLIENT_ID: app.clientId, CLIENT_SECRET: app.clientSecret };
    await open("Storyteller", programOf("./app.ts"), { ...env, PLATFORM_NAME: "Acme" });
    return { issuer, appUrl, seeds, upstream, broken: Promise.race(children.map((child) => child.ended)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function writeConfig(folder: string, { baseUrl, apiKey, models }: UpstreamChoice): string {
  const config = JSON.parse(readFileSync(programOf("./innkeeper.config.json"), "utf8"));
  const file = join(folder, "innkeeper.config.json");
  const text = JSON.stringify(
    { ...config, upstreams: { main: { baseUrl, apiKey } }, models: models ?? config.models },
    null,
    2,
  );
  writeFileSync(file, `${text}\n`, { mode: 0o600 });
  return file;
}

/** Asked before anything starts, so that nothing is left half open. `ports` by the variable that moves each. */
async function refuseTakenPorts(ports: Record<string, number>): Promise<void> {
  for (const [variable, port] of Object.entries(ports)) {
    await new Promise<void>((resolve, reject) => {
      const server = createServer();
      server.once("error", () =>
        reject(new Error(`Port ${port} is taken. Choose another one: ${variable}=${port + 1000} npm start`)),
      );
      server.listen(port, "127.0.0.1", () => server.close(() => resolve()));
    });
  }
}
