/** The facts a permission is about, so that consent is to a fact and not to a word. */
export interface ScopeFacts {
  /** The platform's name. */
  platform: string;
  displayName: string;
  email: string | null;
  phone: string | null;
  /** In one line. */
  address: string | null;
}

const notGiven = "You have not given one.";

/** What each permission lets an app do, and below it what exactly is given. */
export const scopes = {
  openid: {
    sentence: () => "Recognise you when you come back",
    detail: () => "An account number. Never your password.",
  },
  profile: {
    sentence: () => "See your name, username and picture",
    detail: ({ displayName }: ScopeFacts) => displayName,
  },
  email: {
    sentence: () => "See your e-mail address",
    detail: ({ email }: ScopeFacts) => email ?? notGiven,
  },
  phone: {
    sentence: () => "See your phone number",
    detail: ({ phone }: ScopeFacts) => phone ?? notGiven,
  },
  address: {
    sentence: () => "See your postal address",
    detail: ({ address }: ScopeFacts) => address ?? notGiven,
  },
  offline_access: {
    sentence: () => "Stay signed in while you are away",
    detail: () => "Until you revoke it.",
  },
  "gateway:access": {
    sentence: (platform: string) => `Use ${platform}’s models, on your bill`,
    detail: () => "Only up to the cap you set here.",
  },
  "account:read": {
    sentence: () => "See your plan and your workspaces",
    detail: () => "Not their members, not their money.",
  },
  "billing:read": {
    sentence: () => "See your balance and receipts",
    detail: () => "It cannot move money.",
  },
  "apps:write": {
    sentence: () => "Register and change your apps",
    detail: () => "Their secrets and addresses too.",
  },
  "authorizations:write": {
    sentence: () => "Revoke what you allowed to apps",
    detail: () => "What you revoke must ask you again.",
  },
  "account:write": {
    sentence: () => "Change your name",
    detail: () => "Apps that know your name see the new one.",
  },
  "keys:write": {
    sentence: () => "Make and revoke your keys",
    detail: () => "A key may spend from your wallet.",
  },
  "sessions:write": {
    sentence: () => "See and end your sign-ins",
    detail: () => "Every browser you are signed in with.",
  },
};

/** The permission for one model. */
export const modelScope = {
  sentence: (model: string, platform: string) => `Use the model ${model} of ${platform}, on your bill`,
  detail: () => "No other model, and only up to the cap you set here.",
};
