/** Where Storyteller runs and which platform it belongs to, as its environment says. */
export interface Settings {
  /** The platform's issuer, such as `http://localhost:8420`. */
  issuer: URL;
  clientId: string;
  clientSecret: string;
  /** How people call the platform: "Sign in with Acme". */
  platformName: string;
  port: number;
  /** Storyteller's own address; `/callback` below it is its redirect URI. */
  origin: string;
}

/** @throws Error naming the variable that is missing */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const need = (name: string) => {
    const value = environment[name];
    if (!value)
      throw new Error(`Storyteller needs ${name} in its environment; examples/demo/README.md says how to get it.`);
    return value;
  };
  const port = Number(environment.PORT ?? 8421);
  return {
    issuer: new URL(need("ISSUER")),
    clientId: need("CLIENT_ID"),
    clientSecret: need("CLIENT_SECRET"),
    platformName: environment.PLATFORM_NAME ?? "Acme",
    port,
    origin: `http://127.0.0.1:${port}`,
  };
}
