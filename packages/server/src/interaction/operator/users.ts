import { readQuery } from "../../http/form.ts";
import type { Route } from "../../http/table.ts";
import { type FoundUser, findUsers } from "../../people/index.ts";
import type { Desk } from "../desk.ts";
import { renderOperatorUsers, type UserFace, usersPath } from "../pages/operator-users.ts";
import { forStaff, staffOf } from "./staff.ts";

const pageLength = 25;

export function userListRoutes(desk: Desk): Route[] {
  return [
    {
      method: "GET",
      path: usersPath,
      shape: "page",
      handler: forStaff(desk, "accounts.read", async ({ visitor, info }) => {
        const asked = readQuery(info.query);
        const [words, before] = [asked.get("q") ?? "", asked.get("before")];
        const found = await findUsers(desk.ctx, { words, before, limit: pageLength + 1 });
        const users = found.slice(0, pageLength);
        const olderBefore = found.length > pageLength ? users.at(-1)!.id : undefined;
        const shown = { staff: staffOf(visitor), words, users: users.map(faceOf), before, olderBefore };
        return desk.page(renderOperatorUsers(desk.frame(visitor), shown));
      }),
    },
  ];
}

export function faceOf(user: FoundUser): UserFace {
  const { id, username, displayName, email, emailVerified, role, createdAt } = user;
  return { id, username, displayName, email, emailVerified, role, state: stateOf(user), createdAt };
}

function stateOf({ deletedAt, disabledAt, deletionDueAt }: FoundUser): UserFace["state"] {
  if (deletedAt !== null) return "deleted";
  if (disabledAt !== null) return "disabled";
  return deletionDueAt === null ? "active" : "leaving";
}
