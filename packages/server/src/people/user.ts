export type Role = "user" | "operator" | "support" | "auditor";

export interface User {
  id: string;
  username: string;
  displayName: string;
  email: string | null;
  /** Epoch milliseconds. Only a verified address is unique, and only it can be used to sign in. */
  emailVerifiedAt: number | null;
  /** E.164. Only a verified number is unique. */
  phone: string | null;
  phoneVerifiedAt: number | null;
  /** JSON, by the names of OpenID Connect Core 5.1.1. */
  address: string | null;
  nickname: string | null;
  /** Of the picture that we serve. */
  avatarId: string | null;
  /** BCP 47, as it was chosen in the profile. */
  locale: string | null;
  role: Role;
  /** Sealed into everything that acts for the user; unequal is dead. */
  generation: number;
  disabledAt: number | null;
  /** When the account is deleted, unless that is taken back by signing in; until then it does nothing. Epoch milliseconds. */
  deletionDueAt: number | null;
  createdAt: number;
  updatedAt: number;
}

export interface NewUser {
  username: string;
  displayName: string;
  email: string | null;
  passwordHash: string | null;
  role: Role;
}
