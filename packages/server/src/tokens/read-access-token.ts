import { type AccessToken, openAccessToken } from "./access-token.ts";
import { type JwtTools, looksLikeJwt, openJwtAccessToken } from "./jwt-access-token.ts";

/** What an access token of either form says, living or not; undefined for everything that is none of ours. */
export type ReadAccessToken = (text: string) => AccessToken | undefined | Promise<AccessToken | undefined>;

export function createReadAccessToken(tools: JwtTools): ReadAccessToken {
  return (text) => (looksLikeJwt(text) ? openJwtAccessToken(tools, text) : openAccessToken(tools.sealer, text));
}
