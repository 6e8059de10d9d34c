import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { UsageFault } from "../process/answer.ts";
import { chooseProfile } from "./choose-profile.ts";
import type { Profile, Profiles } from "./profile.ts";

const at = (issuer: string): Profile => ({
  kind: "hotkey",
  issuer,
  userId: "usr_maya",
  username: "maya",
  hotkeyFile: "/key",
  address: "5F",
});
const acme = "https://id.acme.example";
const other = "https://id.other.example";
const all = (current: string | null): Profiles => ({
  current,
  profiles: { home: at(acme), work: at(acme), elsewhere: at(other) },
});

beforeEach(() => vi.stubEnv("INNKEEPER_ISSUER", undefined));
afterEach(() => vi.unstubAllEnvs());

describe("the profile of a command", () => {
  it("is the one signed in to last, unless it names another", () => {
    expect(chooseProfile(all("work"), {}).name).toBe("work");
    expect(chooseProfile(all("work"), { profile: "elsewhere" }).name).toBe("elsewhere");
    expect(chooseProfile(all("work"), { issuer: other }).name).toBe("elsewhere");
    expect(chooseProfile(all("work"), { issuer: acme }).name).toBe("work");
    expect(chooseProfile({ current: null, profiles: { home: at(acme) } }, {}).name).toBe("home");
  });

  it("is that of the environment's issuer, unless the command knows better", () => {
    vi.stubEnv("INNKEEPER_ISSUER", `${other}/`);
    expect(chooseProfile(all("work"), {}).name).toBe("elsewhere");
    expect(chooseProfile(all("work"), { profile: "home" }).name).toBe("home");
  });

  it("is never guessed", () => {
    expect(() => chooseProfile(all(null), {})).toThrow("Say which with --profile: home, work, elsewhere");
    expect(() => chooseProfile(all("elsewhere"), { issuer: acme })).toThrow("Say which with --profile: home, work");
    expect(() => chooseProfile(all("work"), { issuer: "https://no.example" })).toThrow(
      "not signed in at https://no.ex",
    );
    expect(() => chooseProfile(all("work"), { profile: "constructor" })).toThrow('There is no profile "constructor"');
    expect(() => chooseProfile(all("work"), { profile: "home", issuer: other })).toThrow(UsageFault);
    expect(() => chooseProfile({ current: null, profiles: {} }, {})).toThrow("You are not signed in.");
  });
});
