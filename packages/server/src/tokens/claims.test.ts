import { describe, expect, it } from "vitest";
import { allScopes, findScope } from "../consent/index.ts";
import type { Person } from "./chain.sql.ts";
import { claimsFor } from "./claims.ts";

const issuer = "https://id.acme.example";

const maya: Person = {
  id: "usr_1",
  username: "maya",
  displayName: "Maya Okafor",
  email: "maya@fennick.example",
  emailVerifiedAt: 1000,
  phone: "+4915112345678",
  phoneVerifiedAt: 1000,
  address: '{"street_address":"12 Fennick Row","locality":"Larkin","country":"GB"}',
  nickname: "May",
  avatarId: "ava_1",
  locale: "de",
  generation: 0,
  disabledAt: null,
  createdAt: 0,
  updatedAt: 61_500,
};

describe("the claims about a user", () => {
  it("are those that the scopes open, and sub", () => {
    expect(claimsFor(maya, [], issuer)).toEqual({ sub: "usr_1" });
    expect(claimsFor(maya, ["gateway:access", "no-such-scope"], issuer)).toEqual({ sub: "usr_1" });
    expect(claimsFor(maya, ["email"], issuer)).toEqual({
      sub: "usr_1",
      email: maya.email,
      email_verified: true,
    });
    expect(claimsFor(maya, ["phone"], issuer)).toEqual({
      sub: "usr_1",
      phone_number: "+4915112345678",
      phone_number_verified: true,
    });
    expect(claimsFor(maya, ["address"], issuer)).toEqual({
      sub: "usr_1",
      address: { street_address: "12 Fennick Row", locality: "Larkin", country: "GB" },
    });
    expect(claimsFor(maya, ["openid", "profile"], issuer)).toEqual({
      sub: "usr_1",
      name: "Maya Okafor",
      nickname: "May",
      picture: "https://id.acme.example/avatars/ava_1",
      locale: "de",
      preferred_username: "maya",
      username: "maya",
      created_at: "1970-01-01T00:00:00.000Z",
      updated_at: 61,
    });
  });

  it("have a value for every claim of the registry", () => {
    for (const name of allScopes) {
      const told = claimsFor(maya, [name], issuer);
      for (const claim of findScope(name)!.claims) expect([claim, told[claim]]).not.toEqual([claim, undefined]);
    }
  });

  it("leave out what the user has not given", () => {
    const nothing = { ...maya, email: null, phone: null, phoneVerifiedAt: null, address: null };
    expect(JSON.stringify(claimsFor(nothing, ["email", "phone", "address"], issuer))).toBe('{"sub":"usr_1"}');
  });
});
