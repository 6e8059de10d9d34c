import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  type IdentityProvider,
  type MachineFormat,
  machineScope,
  redirectUri,
  scopes,
  signIn,
} from "../load/identity-provider.ts";
import { cleanEnvironment, type Program, type ProgramOptions, startProgram } from "../machine/program.ts";

const script = "../../packages/cli/src/main.ts";
const username = "maya";
const password = "tulips in the attic 4";
const run = promisify(execFile);

/** A database with a wealthy user, and their API key with all rights. */
export interface Installation {
  start(options?: Pick<ProgramOptions, "node">): Promise<Program>;
  key: string;
}

/** @param folder where the database may stand: on a disk, for its commits are durable */
export async function install(folder: string, upstreamPort: number): Promise<Installation> {
  const data = await mkdtemp(join(folder, "innkeeper-"));
  const port = await findFreePort();
  const config = join(data, "innkeeper.config.json");
  await writeFile(config, JSON.stringify(configuration(upstreamPort)));
  const flags = ["--json", "--data", data, "--config", config, "--issuer", `http://127.0.0.1:${port}`];
  const innkeeper = async (...args: string[]) => {
    const path = fileURLToPath(new URL(script, import.meta.url));
    const { stdout } = await run(process.execPath, [path, ...args, ...flags], { env: cleanEnvironment() });
    return JSON.parse(stdout);
  };
  const names = ["--username", username, "--email", "maya@fennick.example"];
  await innkeeper("users", "create", ...names, "--password", password, "--admin", "--credit", "1000000.00");
  const { key } = await innkeeper("keys", "create", "--user", username, "--full");
  return {
    key,
    // Calls that the bench itself cuts short are warned of; they would bury the figures.
    start: (options) =>
      startProgram({
        script,
        args: ["start", ...flags, "--port", String(port)],
        env: { INNKEEPER_LOG_LEVEL: "error" },
        ...options,
      }),
  };
}

function configuration(upstreamPort: number) {
  const model = (upstreamModel: string) => ({
    upstream: "main",
    upstreamModel,
    prices: { input: "1.00", output: "2.00" },
    maxOutputTokens: 1000,
  });
  return {
    brand: { name: "Acme" },
    upstreams: { main: { baseUrl: `http://127.0.0.1:${upstreamPort}/v1`, apiKey: "sk-upstream" } },
    models: { quick: model("quick"), held: model("held") },
  };
}

/** Registers the measured clients, signs in and consents, with a cap that no round reaches. */
export async function registerClient({ key }: Installation, program: Program): Promise<IdentityProvider> {
  const register = async (name: string, more: object = {}) => {
    const response = await fetch(`http://127.0.0.1:${program.port}/idp/apps`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ name, redirect_uris: [redirectUri], id_token_signed_response_alg: "ES256", ...more }),
    });
    if (!response.ok) throw new Error(`the app was refused: ${await response.text()}`);
    const app = (await response.json()) as { client_id: string; client_secret: string };
    return { id: app.client_id, secret: app.client_secret };
  };
  const idp = {
    name: "innkeeper",
    program,
    client: await register("Bench"),
    paths: {
      authorize: "/idp/authorize",
      token: "/idp/token",
      introspect: "/idp/token/introspect",
      userinfo: "/idp/userinfo",
      keySet: "/.well-known/jwks.json",
      discovery: "/.well-known/openid-configuration",
    },
  };
  const person = { login: username, password };
  const addMachine = async (access_token_format: MachineFormat) => {
    const grant_types = ["authorization_code", "client_credentials"];
    const client = await register(`Machine ${access_token_format}`, { access_token_format, grant_types });
    // Its owner allows it what it then does by itself.
    await signIn({ ...idp, client }, machineScope, [person, { decision: "allow" }]);
    return client;
  };
  const consent = { decision: "allow", cap_amount: "100000.00", cap_period: "month" };
  return {
    ...idp,
    machines: { sealed: await addMachine("sealed"), jwt: await addMachine("jwt") },
    cookie: await signIn(idp, `${scopes.withIdToken} gateway:access`, [person, consent]),
  };
}

export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
