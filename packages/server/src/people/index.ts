export { type Acr, acrs, oneFactor, reachesAcr, readAcr, twoFactors } from "./acr.ts";
export { type Avatar, avatarPath, changeAvatar, findAvatar } from "./avatars.ts";
export { type EmailVerdict, findPasswordHash, type NewPassword, setPassword, setVerifiedEmail } from "./credentials.ts";
export {
  askForDeletion,
  eraseUser,
  findLeavingUser,
  type LeaveVerdict,
  type LeavingUser,
  listDueDeletions,
  takeDeletionBack,
} from "./deletion.ts";
export { deviceName } from "./device-name.ts";
export { isKnownDevice, seeDevice } from "./devices.ts";
export { displayNameShape } from "./display-name.ts";
export { findAnyUser, findUsers } from "./find-users.ts";
export { isRecentlyProven, isRecentlySignedIn } from "./freshness.ts";
export { findIdentity, type Identity, insertIdentity, listIdentities, touchIdentity } from "./identities.sql.ts";
export {
  type IdentityVerdict,
  identityAmr,
  linkIdentity,
  shownIdentityId,
  unlinkIdentity,
} from "./identities.ts";
export { readAddress, writeAddress } from "./key-address.ts";
export {
  createKeyNonces,
  type KeyChallenge,
  type KeyNonces,
  type NonceUse,
  type OpenChallenge,
  spendNonce,
} from "./key-nonces.ts";
export { type KeyProof, proveKey } from "./key-proof.ts";
export { type KeyScheme, keySchemes, publicKeyOf, signWith } from "./key-schemes.ts";
export { callText, type LinkedAccount, readCallNonce, type SignedCall } from "./key-texts.ts";
export {
  type CodeClaim,
  type CodeRefusal,
  claimCode,
  codeAttempts,
  codeLifeMs,
  createCode,
  endCodes,
  findPendingCode,
  forgetExpiredCodes,
  type MadeCode,
  mailedCodeAmr,
  type NewCode,
  type Proven,
} from "./one-time-codes.ts";
export { endOtherSessions, endOwnSession, listSessions, type ShownSession } from "./own-sessions.ts";
export { type Passkey, type PasskeyKind, passkeyAmr, passkeyName, relyingPartyOf } from "./passkey.ts";
export {
  type ChallengeUse,
  challengeLifeMs,
  createPasskeyChallenges,
  type OpenPasskeyChallenge,
  type PasskeyChallenges,
} from "./passkey-challenges.ts";
export { newPasskeyOptions, passkeySignInOptions } from "./passkey-options.ts";
export { type MadePasskey, type PasskeyProof, proveNewPasskey, provePasskey } from "./passkey-proof.ts";
export { listPasskeys } from "./passkeys.sql.ts";
export {
  type AddVerdict,
  addPasskey,
  recordCopiedPasskey,
  removePasskey,
  renamePasskey,
  type UseVerdict,
  usePasskey,
} from "./passkeys.ts";
export { judgePassword, type PasswordFault, shortestPassword } from "./password-policy.ts";
export { readPhoneNumber, showPhoneNumber } from "./phone-number.ts";
export {
  createPhoneProofs,
  type PendingPhone,
  type PhoneOwner,
  type PhoneProof,
  type PhoneProofs,
  type PhoneSend,
} from "./phone-proofs.ts";
export type { PhoneCheck, PhoneStart, PhoneVerifier } from "./phone-verifier.ts";
export { createPhoneVerifier } from "./phone-verifier-configured.ts";
export { removePhone, setVerifiedPhone } from "./phones.ts";
export {
  type PostalAddress,
  postalAddressLine,
  postalAddressParts,
  postalAddressShape,
  readPostalAddress,
  setPostalAddress,
} from "./postal-address.ts";
export { type Profile, profileShape, setLocale, setProfile } from "./profile.ts";
export { isReservedUsername } from "./reserved-usernames.ts";
export {
  countRecoveryCodes,
  type EnrolVerdict,
  endHalfSignIns,
  enrolTotp,
  findSecondFactor,
  removeTotp,
  renewRecoveryCodes,
  resetSecondFactors,
  type SecondFactor,
  type TotpVerdict,
  takeRecoveryCode,
  takeTotpCode,
} from "./second-factors.ts";
export {
  forgetOldSecurityEvents,
  listSecurityEvents,
  type NewSecurityEvent,
  recordSecurityEvent,
  type SecurityEvent,
} from "./security-events.ts";
export {
  endAllSessions,
  endSession,
  findSession,
  findSessionUser,
  forgetExpiredSessions,
  type Session,
  startSession,
} from "./sessions.ts";
export type { SignatureKey } from "./signature-key.ts";
export { listSignatureKeys, touchSignatureKey } from "./signature-keys.sql.ts";
export { addressOf, findKeyUser, keyAmr, keyName, linkProvenKey, unlinkKey } from "./signature-keys.ts";
export { type FoundUser, holdOtherOperators, isLastOperator, updateRole } from "./staff.sql.ts";
export { hasRight, isStaff, readRole, roles, type StaffRight } from "./staff.ts";
export { describeTotp, type TotpSetup, totpSecretLength } from "./totp.ts";
export type { NewUser, Role, User } from "./user.ts";
export { findUser } from "./users.sql.ts";
export {
  createUser,
  findUserByLogin,
  normaliseEmail,
  normaliseUsername,
  setDisplayName,
  setUserDisabled,
} from "./users.ts";
export { hasWayIn, type StoredWays, selectWaysIn } from "./ways-in.ts";
