import { confirmEmail, type EmailWords, findPendingEmail, mailEmailCode } from "../../accounts/index.ts";
import { inTx } from "../../context.ts";
import { readQuery } from "../../http/form.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import { canMail } from "../../mail/index.ts";
import { findUser, normaliseEmail, type User } from "../../people/index.ts";
import { type Frame, findLanguage, textIn } from "../../ui/index.ts";
import { type CodeLimits, inLanguage, statusOf } from "../code-post.ts";
import type { Desk, Visitor } from "../desk.ts";
import { type AccountEmailProps, emailPath, renderAccountEmail } from "../pages/account-email.ts";
import { isRecentlySignedIn } from "./freshness.ts";
import { signedIn, signInPath, submitted } from "./signed-in.ts";

const purpose = "email";

/** The address of a person: proven by a code, and changed by whoever signed in a moment ago. */
export function emailRoutes(desk: Desk, limits: CodeLimits): Route[] {
  const { ctx } = desk;
  const byMail = canMail(ctx.config);

  async function show(visitor: Visitor, shown: Partial<AccountEmailProps>): Promise<Response> {
    const { person, session } = visitor;
    const { id, email, emailVerifiedAt } = (await findUser(ctx, visitor.user.id)) ?? visitor.user;
    const markup = renderAccountEmail(desk.frame(visitor), {
      person,
      csrf: desk.csrf.token({ purpose, binding: session.id }),
      email,
      verified: emailVerifiedAt !== null,
      pending: byMail ? await findPendingEmail(ctx, id) : undefined,
      fresh: isRecentlySignedIn(ctx, session),
      byMail,
      ...shown,
    });
    const { problem } = shown;
    return desk.page(markup, { status: problem?.kind === "taken" ? 400 : statusOf(problem) });
  }

  const look: Route = {
    method: "GET",
    path: emailPath,
    shape: "page",
    handler: signedIn(desk, ({ visitor, info }) => {
      return show(visitor, { confirmed: readQuery(info.query).get("confirmed") !== undefined });
    }),
  };
  if (!byMail) return [look];

  return [
    look,
    {
      method: "POST",
      path: `${emailPath}/send`,
      shape: "page",
      handler: submitted(desk, purpose, emailPath, async ({ visitor, form, info }) => {
        const { user, session } = visitor;
        const written = form.get("email")?.slice(0, 254) ?? "";
        const address = normaliseEmail(written);
        if (address === undefined) return show(visitor, { written, problem: { kind: "address" } });
        const isOwn = user.email !== null && address === normaliseEmail(user.email);
        const isPending = !isOwn && address === normaliseEmail((await findPendingEmail(ctx, user.id)) ?? "");
        if (!isOwn && !isPending && !isRecentlySignedIn(ctx, session)) return redirect(signInPath(emailPath));
        const asked = { kind: `email ${user.id}`, peer: info.peer, address: isOwn ? "own" : "another" };
        const milliseconds = limits.ask(asked, { kind: "email", address });
        if (milliseconds > 0) return show(visitor, { written, problem: { kind: "wait", milliseconds } });
        const words = emailWords(desk.frame(visitor), user);
        await inTx(ctx, (tx) => mailEmailCode(tx, user, written.normalize("NFKC").trim(), words));
        return redirect(emailPath);
      }),
    },
    {
      method: "POST",
      path: `${emailPath}/confirm`,
      shape: "page",
      handler: submitted(desk, purpose, emailPath, async ({ visitor, form, info }) => {
        const milliseconds = limits.answer(info.peer);
        if (milliseconds > 0) return show(visitor, { problem: { kind: "wait", milliseconds } });
        const words = emailWords(desk.frame(visitor), visitor.user);
        const verdict = await confirmEmail(ctx, { ...visitor, code: form.get("code") ?? "" }, words);
        if (verdict.ok) return redirect(`${emailPath}?confirmed=1`);
        if (verdict.why === "taken" || verdict.why === "wrong")
          return show(visitor, { problem: { kind: verdict.why } });
        return show(visitor, { problem: { kind: "dead" } });
      }),
    },
  ];
}

/** In the language of the page, which is the person's own; to somebody else in theirs, if they chose one. */
export function emailWords({ text, brand }: Frame, { username }: Pick<User, "username">): EmailWords {
  const { label, ...code } = text.mails.emailCode(brand.name, username);
  return {
    code: inLanguage(text, { ...code, link: { path: emailPath, label } }),
    taken({ locale }) {
      const theirs = textIn(findLanguage([locale ?? ""]) ?? text.language);
      return inLanguage(theirs, theirs.mails.emailTaken(brand.name));
    },
    replaced: inLanguage(text, text.mails.emailReplaced(brand.name, username)),
  };
}
