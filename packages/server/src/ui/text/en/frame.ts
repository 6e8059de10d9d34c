/** Words of the frame of every page, and those that several pages share. */
export const frame = {
  skip: "Skip to the page",
  privacy: "Privacy",
  terms: "Terms",
  help: "Help",
  signature: "Keys and bills by Innkeeper",
  errorTitle: (title: string) => `Error: ${title}`,
  notYou: "Not you?",
  signOut: "Sign out",
  account: "Account",
  connected: "Connected apps",
  usage: "Usage",
  keys: "Keys",
  security: "Security",
  sessions: "Sessions",
  profile: "Profile",
  developer: "For developers",
  apps: "Apps you make",
  directory: "App directory",
  cancel: "Cancel",
};

/** In the foot of every page. */
export const languageChoice = {
  label: "Language",
};

export const trust = {
  unverified: "Unverified",
  verified: "Verified",
  verifiedHost: "Verified:",
};
