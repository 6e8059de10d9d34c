import type { App } from "../../apps/index.ts";
import { Fault, knownFault } from "../../kernel/faults.ts";
import { sha256Base64Url } from "../../kernel/hash.ts";
import type { Code, Tokens } from "../../tokens/index.ts";
import { mayOmitPkce, provesPossession } from "../pkce.ts";
import { endedFault, type Grant } from "./grant.ts";

const whys = {
  replayed: "The code was used before. Whatever was issued for it is revoked.",
  burned: "The code was presented by another app.",
};

/** RFC 6749 4.1.3, RFC 7636 4.5. */
export const authorizationCode: Grant<Code> = {
  name: "authorization_code",
  async look({ ctx, tokens, app, form }) {
    const text = form.get("code");
    const redirectUri = form.get("redirect_uri");
    if (text === undefined || redirectUri === undefined) {
      throw new Fault("invalid_request", "code and redirect_uri are needed.");
    }
    const code = tokens.openCode(text);
    if (!code || code.expiresAt <= ctx.clock.now()) throw refused("The code is unknown or has expired.");
    if (code.appId !== app.id) throw await burned(tokens, code, app);
    if (code.redirectUriHash !== sha256Base64Url(redirectUri)) {
      const more = "it is not the one the code was sent to.";
      throw knownFault(ctx.config.issuer, "invalid-redirect-uri", "invalid_grant", more);
    }
    if (!provesPossession(code.codeChallenge, form.get("code_verifier"), mayOmitPkce(app))) {
      throw refused("code_verifier does not fit the code_challenge.");
    }
    return code;
  },
  async take({ ctx, tokens, app }, code) {
    const result = await tokens.redeemCode(code, app);
    if (result.ok) return result.issued;
    if (result.why === "closed") throw endedFault(ctx);
    throw refused(whys[result.why]);
  },
};

/** Only a client that proved who it is can burn: a stranger must not be able to spoil a code by naming a public one. */
async function burned(tokens: Tokens, code: Code, app: App): Promise<Fault> {
  if (app.clientType === "confidential") await tokens.burnCode(code, app.id);
  return refused("The code was issued to another app.");
}

function refused(description: string): Fault {
  return new Fault("invalid_grant", description);
}
