import { inTx } from "../../context.ts";
import { type Form, readQuery } from "../../http/form.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import { postalAddressParts, readPostalAddress, setPostalAddress } from "../../people/index.ts";
import type { Desk, Visitor } from "../desk.ts";
import {
  type AddressPart,
  addressParts,
  type PostalAddressProps,
  postalAddressPath,
  renderPostalAddress,
} from "../pages/postal-address.ts";
import { signedIn, submitted } from "./signed-in.ts";

const purpose = "postal-address";
/** Longer than any part may be; nobody's mistake is shown at full length. */
const longestShown = 500;

/** Where somebody can be written to: one form, and none of it must be filled in. */
export function postalAddressRoutes(desk: Desk): Route[] {
  const { ctx } = desk;

  function show(visitor: Visitor, more: Partial<PostalAddressProps> = {}): Response {
    const { person, session, user } = visitor;
    const address = readPostalAddress(user.address);
    const markup = renderPostalAddress(desk.frame(visitor), {
      person,
      csrf: desk.csrf.token({ purpose, binding: session.id }),
      parts: address ?? {},
      isStored: address !== undefined,
      ...more,
    });
    return desk.page(markup, { status: more.wrong ? 400 : 200 });
  }

  async function save(visitor: Visitor, form: Form): Promise<Response> {
    const parts = partsOf(form);
    const read = postalAddressParts.safeParse(parts);
    if (!read.success) {
      const wrong = addressParts.find((part) => read.error.issues.some(({ path }) => path[0] === part));
      return show(visitor, { parts, wrong });
    }
    await inTx(ctx, (tx) => setPostalAddress(tx, visitor.user.id, read.data));
    return redirect(`${postalAddressPath}?saved=1`);
  }

  return [
    {
      method: "GET",
      path: postalAddressPath,
      shape: "page",
      handler: signedIn(desk, ({ visitor, info }) =>
        show(visitor, { saved: readQuery(info.query).get("saved") !== undefined }),
      ),
    },
    {
      method: "POST",
      path: postalAddressPath,
      shape: "page",
      handler: submitted(desk, purpose, postalAddressPath, ({ visitor, form }) => save(visitor, form)),
    },
    {
      method: "POST",
      path: `${postalAddressPath}/remove`,
      shape: "page",
      handler: submitted(desk, purpose, postalAddressPath, async ({ visitor }) => {
        await inTx(ctx, (tx) => setPostalAddress(tx, visitor.user.id, null));
        return redirect(`${postalAddressPath}?saved=1`);
      }),
    },
  ];
}

/** Those that say anything. */
function partsOf(form: Form): Partial<Record<AddressPart, string>> {
  const written = addressParts.map((part) => [part, (form.get(part) ?? "").slice(0, longestShown)] as const);
  return Object.fromEntries(written.filter(([, text]) => text.trim() !== ""));
}
