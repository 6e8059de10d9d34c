/** What every command takes that talks to a platform. */
export interface RemoteFlags {
  issuer?: string;
  profile?: string;
  json?: boolean;
}
