import { inTx } from "../../context.ts";
import { type Form, readQuery } from "../../http/form.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import { listIdentities, shownIdentityId, unlinkIdentity } from "../../people/index.ts";
import type { Desk, Visitor } from "../desk.ts";
import { type LinkedProvidersProps, providersPath, renderLinkedProviders } from "../pages/linked-providers.ts";
import { type Journeys, providerFaces } from "../upstream/journey.ts";
import { isRecentlySignedIn } from "./freshness.ts";
import { signedIn, signInPath, submitted } from "./signed-in.ts";

const purpose = "providers";

/** The accounts elsewhere that sign a person in: a look for everybody, a change for whoever signed in a moment ago. */
export function providerRoutes(desk: Desk, journeys: Journeys): Route[] {
  const { ctx } = desk;
  const nameOf = (id: string) => journeys.providers.get(id)?.config.name;

  async function show(visitor: Visitor, asked: Form): Promise<Response> {
    const identities = await listIdentities(ctx, visitor.user.id);
    const markup = renderLinkedProviders(desk.frame(visitor), {
      person: visitor.person,
      csrf: desk.csrf.token({ purpose, binding: visitor.session.id }),
      fresh: isRecentlySignedIn(ctx, visitor.session),
      linked: identities.map((identity) => ({
        id: shownIdentityId(identity),
        label: identity.label,
        provider: nameOf(identity.provider),
        createdAt: identity.createdAt,
        lastUsedAt: identity.lastUsedAt,
      })),
      providers: providerFaces(journeys.providers, "sign-in"),
      remove: asked.get("remove"),
      done: readDone(asked, nameOf),
    });
    // The form that links ends at the provider, which the page's own policy would keep it from.
    return desk.page(markup, { ownForms: false });
  }

  return [
    {
      method: "GET",
      path: providersPath,
      shape: "page",
      handler: signedIn(desk, ({ visitor, info }) => show(visitor, readQuery(info.query))),
    },
    {
      method: "POST",
      path: `${providersPath}/link`,
      shape: "page",
      handler: submitted(desk, purpose, providersPath, ({ visitor, request, info, form }) => {
        if (!isRecentlySignedIn(ctx, visitor.session)) return redirect(signInPath(providersPath));
        const provider = journeys.providers.get(form.get("provider") ?? "");
        if (!provider) return redirect(providersPath);
        const link = { userId: visitor.user.id, sessionId: visitor.session.id };
        return journeys.set(request, info, provider, { provider: provider.id, link });
      }),
    },
    {
      method: "POST",
      path: `${providersPath}/remove`,
      shape: "page",
      handler: submitted(desk, purpose, providersPath, async ({ visitor, form }) => {
        if (!isRecentlySignedIn(ctx, visitor.session)) return redirect(signInPath(providersPath));
        const asked = {
          userId: visitor.user.id,
          shownId: form.get("identity") ?? "",
          keepSession: visitor.session.id,
        };
        const removed = await inTx(ctx, (tx) => unlinkIdentity(tx, asked));
        if (removed.ok) return redirect(`${providersPath}?removed=1`);
        return redirect(removed.why === "last" ? `${providersPath}?last=1` : providersPath);
      }),
    },
  ];
}

function readDone(asked: Form, nameOf: (id: string) => string | undefined): LinkedProvidersProps["done"] {
  if (asked.get("removed") !== undefined) return "removed";
  if (asked.get("last") !== undefined) return "last";
  const name = nameOf(asked.get("linked") ?? "");
  return name === undefined ? undefined : { linked: name };
}
