import { describe, expect, it } from "vitest";
import { passesForPlatform } from "./platform-name.ts";

const refused = (names: string[], brand = "Acme") => names.filter((name) => passesForPlatform(name, brand));

describe("[T22] an app passes for the platform", () => {
  it("by the brand alone, and among nothing but words of a platform", () => {
    const names = [
      "Acme",
      "ACME",
      "acme-support",
      "Acme Login",
      "Login with Acme",
      "Sign in with Acme",
      "Sign in to Acme",
    ];
    const more = ["AcmeID", "Acme Official", "The Acme Support Team", "My Acme Account", "Acme.app", "Acme Acme"];
    const abroad = ["Acme Anmeldung", "Mit Acme anmelden", "Acme公式", "Acmeでログイン", "Acmeサポート"];
    for (const each of [names, more, abroad]) expect(refused(each)).toEqual(each);
    expect(refused(["innkeeper", "lnnkeeper", "1nnkeeper-help"], "Innkeeper")).toHaveLength(3);
    expect(refused(["AcmeCloud", "acme cloud billing"], "Acme Cloud")).toHaveLength(2);
    expect(refused(["宿屋", "宿屋 Login"], "宿屋")).toHaveLength(2);
  });

  it("in letters that look like them", () => {
    const names = ["Аcmе", "АСМЕ", "ᎪᏟᎷᎬ", "Acrne", "Ácme", "Acme Suppоrt", "Acme Iogin", "ACME LOGlN", "4cme Login"];
    expect(refused(names)).toEqual(names.slice(0, -1));
  });

  it("and not with a word of its own, or without the brand", () => {
    expect(
      refused(["Acme Notes", "Notes for Acme", "Acmeology", "Academe", "Storyteller", "Help Desk", "Login"]),
    ).toEqual([]);
    expect(refused(["Innkeeper test app", "Innkeeper command line", "Inn"], "Innkeeper")).toEqual([]);
    expect(refused(["Acme", "Login"], "★")).toEqual([]);
  });
});
