import { authorizationCode } from "./authorization-code.ts";
import { clientCredentials } from "./client-credentials.ts";
import { deviceCode } from "./device-code.ts";
import type { Grant } from "./grant.ts";
import { refreshToken } from "./refresh-token.ts";

/** Every grant type there is. Token endpoint and discovery read this list. */
export const grants: readonly Grant[] = [authorizationCode, refreshToken, clientCredentials, deviceCode];
