export { judgePassword, type PasswordFault, shortestPassword } from "./password-policy.ts";
export {
  endAllSessions,
  endSession,
  findSession,
  findSessionUser,
  forgetExpiredSessions,
  type Session,
  startSession,
} from "./sessions.ts";
export type { NewUser, Role, User } from "./user.ts";
export { findUser } from "./users.sql.ts";
export {
  createUser,
  findUserByLogin,
  normaliseEmail,
  normaliseUsername,
  setUserDisabled,
} from "./users.ts";
