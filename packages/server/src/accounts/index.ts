export {
  confirmEmail,
  type EmailConfirmation,
  type EmailWords,
  findPendingEmail,
  mailEmailCode,
} from "./emails.ts";
export {
  changePassword,
  type PasswordChange,
  type PasswordVerdict,
  type ResetVerdict,
  resetPassword,
} from "./passwords.ts";
export { type SignUp, type SignUpFaults, type SignUpOptions, type SignUpVerdict, signUp } from "./sign-up.ts";
export { findMadeBefore } from "./sign-up-again.ts";
export {
  type IdentitySignUp,
  type IdentitySignUpVerdict,
  signUpByIdentity,
} from "./sign-up-by-identity.ts";
export {
  type Actor,
  type CreditRefusal,
  changeRole,
  creditAccount,
  type DeedRefusal,
  type DeedVerdict,
  disableAccount,
  resetFactors,
} from "./staff-deeds.ts";
