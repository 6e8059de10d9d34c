/** What happened to an account: one line in the list of its owner, and the mail about it. */
const notYou = "If not, sign in, end all other sessions, choose a new password and look through your ways to sign in.";

type Detail = Readonly<Record<string, string>>;

const kinds = {
  new_device: {
    listed: ({ device }: Detail) => `Signed in on a new device: ${device}`,
    subject: (platform: string) => `A new device signed in to ${platform}`,
  },
  failed_attempts: {
    listed: () => "Many failed attempts to sign in",
    subject: (platform: string) => `Somebody tries to sign in to your account at ${platform}`,
  },
  password_changed: {
    listed: () => "Password changed",
    subject: (platform: string) => `Your password at ${platform} was changed`,
  },
  email_changed: {
    listed: () => "E-mail address changed",
    subject: (platform: string) => `Your address at ${platform} was changed`,
  },
  phone_changed: {
    listed: () => "Phone number confirmed",
    subject: (platform: string) => `Your phone number at ${platform} was changed`,
  },
  phone_removed: {
    listed: () => "Phone number removed",
    subject: (platform: string) => `Your phone number at ${platform} was removed`,
  },
  passkey_added: {
    listed: ({ name }: Detail) => `Passkey added: ${name}`,
    subject: (platform: string) => `A passkey was added to your account at ${platform}`,
  },
  passkey_removed: {
    listed: ({ name }: Detail) => `Passkey removed: ${name}`,
    subject: (platform: string) => `A passkey was removed from your account at ${platform}`,
  },
  totp_added: {
    listed: () => "Authenticator app added",
    subject: (platform: string) => `Your account at ${platform} asks for a second factor now`,
  },
  totp_removed: {
    listed: () => "Authenticator app removed",
    subject: (platform: string) => `Your account at ${platform} asks for no second factor any more`,
  },
  second_factor_failed: {
    listed: () => "Many wrong codes in the second step of signing in",
    subject: (platform: string) => `Somebody got past the first step of signing in to your account at ${platform}`,
  },
  second_factor_reset: {
    listed: () => "Second factor removed by the operator",
    subject: (platform: string) => `The second factor of your account at ${platform} was removed by its operator`,
  },
  recovery_used: {
    listed: () => "Signed in with a recovery code",
    subject: (platform: string) => `A recovery code of your account at ${platform} was used`,
  },
  recovery_renewed: {
    listed: () => "New recovery codes made",
    subject: (platform: string) => `Your account at ${platform} has new recovery codes`,
  },
  hotkey_linked: {
    listed: ({ name }: Detail) => `Hotkey linked: ${name}`,
    subject: (platform: string) => `A hotkey was linked to your account at ${platform}`,
  },
  hotkey_unlinked: {
    listed: ({ name }: Detail) => `Hotkey unlinked: ${name}`,
    subject: (platform: string) => `A hotkey of your account at ${platform} was unlinked`,
  },
  identity_linked: {
    listed: ({ provider }: Detail) => `Sign-in with ${provider} linked`,
    subject: (platform: string) => `Another way to sign in was linked to your account at ${platform}`,
  },
  identity_unlinked: {
    listed: ({ provider }: Detail) => `Sign-in with ${provider} unlinked`,
    subject: (platform: string) => `A way to sign in to your account at ${platform} was unlinked`,
  },
  key_created: {
    listed: ({ name }: Detail) => `Key made: ${name}`,
    subject: (platform: string) => `A new key spends from your account at ${platform}`,
  },
  cap_raised: {
    listed: ({ app }: Detail) => `Cap raised: ${app} may spend more`,
    subject: (platform: string) => `An app may spend more of your money at ${platform}`,
  },
  deletion_requested: {
    listed: () => "Deletion of the account asked for",
    subject: (platform: string) => `Your account at ${platform} will be deleted`,
  },
  deletion_taken_back: {
    listed: () => "Deletion of the account taken back",
    subject: (platform: string) => `Your account at ${platform} stays`,
  },
};

export const securityEvents = {
  kinds,
  /** One that a later version wrote. */
  unknown: "Something else happened",
  mailLine: (username: string, event: string, time: string) => `Account ${username}, ${time}: ${event}.`,
  mailLink: "Look at what happened",
  mailEnding: `If you did this or asked for it, there is nothing to do. ${notYou}`,
  mailKept: "You can take it back until then by signing in.",
};
