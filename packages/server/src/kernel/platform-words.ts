/** By these names people and mail systems know whoever runs a service (RFC 2142 among others), without separators. */
export const platformWords: readonly string[] = [
  ...["admin", "administrator", "root", "sysadmin", "superuser", "system", "daemon", "nobody"],
  ...["operator", "staff", "team", "moderator", "official", "owner"],
  ...["support", "help", "helpdesk", "service", "info", "contact", "billing", "payments", "sales", "legal", "privacy"],
  ...["security", "abuse", "noc", "postmaster", "hostmaster", "webmaster", "mailerdaemon", "noreply", "donotreply"],
  "innkeeper",
];
