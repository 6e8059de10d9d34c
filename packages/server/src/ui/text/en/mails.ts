/** What is written to people. Subjects hold no code: they stand in logs of mail servers and on locked screens. */
const notAsked = (platform: string) =>
  `If you did not ask for it, do nothing: without the code nobody gets any further. Nobody at ${platform} will ever ask you for it.`;

export const mails = {
  signInCode: (platform: string) => ({
    subject: `Your code to sign in to ${platform}`,
    lines: ["Type this code into the page that asked for it. It works once, for ten minutes, in that browser only."],
    ending: notAsked(platform),
  }),
  emailCode: (platform: string, username: string) => ({
    subject: `Confirm your address for ${platform}`,
    lines: [
      `Type this code into your account, ${username}, to confirm that this address is yours. It works once, for ten minutes.`,
    ],
    label: "Go to your account",
    ending: notAsked(platform),
  }),
  emailTaken: (platform: string) => ({
    subject: `Your address was given at ${platform}`,
    lines: [
      `Somebody wants to use this address for another account of ${platform}. It stays with yours, where it is confirmed.`,
      "If it was you, sign in with the account that has it, or remove it there first.",
    ],
    ending: "If it was not you, there is nothing to do.",
  }),
  passwordResetCode: (platform: string) => ({
    subject: `A new password for ${platform}`,
    lines: [
      "Type this code into the page that asked for it, and choose a new password there. It works once, for ten minutes, in that browser only.",
    ],
    ending: notAsked(platform),
  }),
  emailReplaced: (platform: string, username: string) => ({
    subject: `Your address at ${platform} was changed`,
    lines: [`The account ${username} has another e-mail address now. Nothing more will be sent to this one.`],
    ending: `If it was not you, sign in with your password, end all other sessions and change the address back. If you cannot get in any more, write to whoever runs ${platform}.`,
  }),
};
