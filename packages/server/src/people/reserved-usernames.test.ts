import { describe, expect, it } from "vitest";
import { isReservedUsername } from "./reserved-usernames.ts";

const reservedOf = (names: string[], brand = "Acme Cloud") => names.filter((name) => isReservedUsername(name, brand));

describe("reserved usernames", () => {
  it("[T21] are those of whoever runs a platform, in every spelling that is one username", () => {
    const asked = ["admin", "administrator", "root", "system", "support", "help", "security", "abuse", "postmaster"];
    const more = ["hostmaster", "webmaster", "billing", "operator", "staff", "moderator", "official", "innkeeper"];
    const spelled = [
      "Admin",
      " ROOT ",
      "a.d.m.i.n",
      "no-reply",
      "no_reply",
      "noreply",
      "ｓｕｐｐｏｒｔ",
      "Mailer-Daemon",
    ];
    for (const names of [asked, more, spelled]) expect(reservedOf(names)).toEqual(names);
  });

  it("[T21] are those of the brand, alone and beside one of them", () => {
    const names = ["acmecloud", "acme-cloud", "ACME.Cloud", "acme-cloud-support", "admin_acme_cloud"];
    expect(reservedOf(names)).toEqual(names);
    expect(reservedOf(["cafe", "cafe.help"], "Café")).toEqual(["cafe", "cafe.help"]);
  });

  it("are no part of other names, and a brand in another script takes none away", () => {
    const free = ["maya", "rooted", "admin7", "helpful", "acme", "acmecloud-fan", "systematic", "ada-root"];
    expect(reservedOf(free)).toEqual([]);
    expect(reservedOf(["maya", "abc"], "宿屋")).toEqual([]);
  });
});
