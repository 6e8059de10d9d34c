/** The package has no types of its own; this much is used. */
declare module "oidc-provider" {
  export default class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    listen(port: number, host: string, ready: () => void): void;
    callback(): (request: unknown, response: unknown) => void;
  }
}
