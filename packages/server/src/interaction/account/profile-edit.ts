import { inTx } from "../../context.ts";
import { type Form, readQuery } from "../../http/form.ts";
import { createRateLimiter, rateLimited } from "../../http/rate-limit.ts";
import { redirect } from "../../http/respond.ts";
import type { Handler, Route } from "../../http/table.ts";
import { Fault } from "../../kernel/faults.ts";
import { avatarPath, changeAvatar, profileShape, setProfile } from "../../people/index.ts";
import { paintAvatar } from "../../pictures/index.ts";
import { findLanguage } from "../../ui/index.ts";
import { readUpload } from "../apps/upload.ts";
import type { Desk, Visitor } from "../desk.ts";
import { type ProfileEditProps, profileEditPath, renderProfileEdit } from "../pages/profile-edit.ts";
import { signedIn, signInPath, submitted } from "./signed-in.ts";

const purpose = "profile";
const pictureMaxBytes = 1_048_576;
/** Drawing costs. */
const pictureLimit = { attempts: 20, seconds: 3600 };
const longestShown = 200;

/** What people say of themselves: names, language, picture. */
export function profileEditRoutes(desk: Desk): Route[] {
  const { ctx } = desk;
  function show(visitor: Visitor, more: Partial<ProfileEditProps> = {}): Response {
    const { person, session, user } = visitor;
    const markup = renderProfileEdit(desk.frame(visitor), {
      person,
      csrf: desk.csrf.token({ purpose, binding: session.id }),
      name: user.displayName,
      nickname: user.nickname ?? "",
      locale: findLanguage([user.locale ?? ""]) ?? "",
      picture: avatarPath(user),
      ...more,
    });
    return desk.page(markup, { status: more.problem ? 400 : 200 });
  }

  async function save(visitor: Visitor, form: Form): Promise<Response> {
    const [name = "", nickname = "", asked = ""] = ["name", "nickname", "locale"].map((each) => form.get(each));
    const locale = findLanguage([asked]) ?? "";
    const read = profileShape.safeParse({ displayName: name, nickname: nickname.trim(), locale });
    if (read.success) {
      await inTx(ctx, (tx) => setProfile(tx, visitor.user.id, read.data));
      return redirect(`${profileEditPath}?saved=1`);
    }
    const problem = read.error.issues.some(({ path }) => path[0] === "displayName") ? "name" : "nickname";
    return show(visitor, {
      name: name.slice(0, longestShown),
      nickname: nickname.slice(0, longestShown),
      locale,
      problem,
    });
  }

  return [
    {
      method: "GET",
      path: profileEditPath,
      shape: "page",
      handler: signedIn(desk, ({ visitor, info }) =>
        show(visitor, { saved: readQuery(info.query).get("saved") !== undefined }),
      ),
    },
    {
      method: "POST",
      path: profileEditPath,
      shape: "page",
      handler: submitted(desk, purpose, profileEditPath, ({ visitor, form }) => save(visitor, form)),
    },
    { method: "POST", path: `${profileEditPath}/picture`, shape: "page", handler: uploading(desk, show) },
    {
      method: "POST",
      path: `${profileEditPath}/picture-remove`,
      shape: "page",
      handler: submitted(desk, purpose, profileEditPath, async ({ visitor }) => {
        await inTx(ctx, (tx) => changeAvatar(tx, visitor.user.id, null));
        return redirect(`${profileEditPath}?saved=1`);
      }),
    },
  ];
}

function uploading(desk: Desk, show: (visitor: Visitor, more: Partial<ProfileEditProps>) => Response): Handler {
  const { ctx } = desk;
  const pictures = createRateLimiter({ clock: ctx.clock, ...pictureLimit });
  return async (browser) => {
    const visitor = await desk.findVisitor(browser);
    if (!visitor) return redirect(signInPath(profileEditPath));
    const upload = await readUpload(browser, "picture", pictureMaxBytes).catch(asTooLarge);
    if (!upload) return show(visitor, { problem: "picture" });
    const { form, file } = upload;
    desk.csrf.check(browser, form, { purpose, binding: visitor.session.id });
    const seconds = pictures.attempt(visitor.user.id);
    if (seconds > 0) throw rateLimited(seconds);
    const drawn = file && (await paintAvatar(file));
    if (!drawn) return show(visitor, { problem: "picture" });
    // Drawing takes its time, and the session may have ended meanwhile.
    if (!(await desk.findVisitor(browser))) return redirect(signInPath(profileEditPath));
    await inTx(ctx, (tx) => changeAvatar(tx, visitor.user.id, drawn));
    return redirect(`${profileEditPath}?saved=1`);
  };
}

/** The form says it beside the field; every other fault has a page of its own. */
function asTooLarge(error: unknown): undefined {
  if (error instanceof Fault && error.code === "payload_too_large") return undefined;
  throw error;
}
