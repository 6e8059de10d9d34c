import { Fault } from "../../kernel/faults.ts";
import { isPersonalScope } from "../../tokens/index.ts";
import { readAskedScopes } from "../scope.ts";
import type { Grant } from "./grant.ts";

/** Undefined for everything that the owner allowed and that is not about a person. */
type Seen = string[] | undefined;

/** RFC 6749 4.4: the app acts for itself, under what its owner allowed it. There is nothing to refresh (4.4.3). */
export const clientCredentials: Grant<Seen> = {
  name: "client_credentials",
  look({ ctx, app, form }) {
    if (app.clientType === "public") {
      throw new Fault("unauthorized_client", "A public app cannot prove who it is, so it cannot act for itself.");
    }
    const scope = form.get("scope");
    if (scope === undefined) return undefined;
    const asked = readAskedScopes(ctx, app, scope);
    const personal = asked.filter(isPersonalScope);
    if (personal.length === 0) return asked;
    throw new Fault("invalid_scope", `Nobody is signed in here, so there is no ${personal.join(" ")}.`);
  },
  async take({ tokens, app }, asked) {
    const result = await tokens.issueToClient(app, asked);
    if (result.ok) return result.issued;
    if (result.why === "scope") throw new Fault("invalid_scope", "The owner of this app has not allowed it this.");
    throw new Fault(
      "invalid_grant",
      "The owner of this app has not allowed it anything, or not any more: sign in to the app as its owner first.",
    );
  },
};
