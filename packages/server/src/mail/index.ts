/** Letters to people: written in the changing transaction, sealed until they are sent, forgotten afterwards. */
export type { Mail } from "./mail.ts";
export { createPostman, type Postman } from "./postman.ts";
export {
  canMail,
  findOutboxMail,
  forgetOldMails,
  listOutbox,
  mailWay,
  type OutboxMail,
  queueMail,
} from "./queue.ts";
