import { describe, expect, it } from "vitest";
import { manualClock } from "../testing/clock.ts";
import { createCodeLimits } from "./code-post.ts";
import { createNetworkLimiter, siteOf } from "./network-limiter.ts";
import { createNewcomers } from "./newcomers.ts";

describe("[X16] the networks of one site", () => {
  it("have ten times the attempts of one of them, together", () => {
    const clock = manualClock();
    const limiter = createNetworkLimiter({ clock, attempts: 3, seconds: 60 });
    const ofNetwork = (network: number) => limiter.attempt(`2001:db8:7:${network.toString(16)}::1`);
    expect([ofNetwork(0), ofNetwork(0), ofNetwork(0)]).toEqual([0, 0, 0]);
    expect(ofNetwork(0)).toBeGreaterThan(0);
    for (let network = 1; network <= 27; network++) expect(ofNetwork(network)).toBe(0);
    expect(ofNetwork(28)).toBeGreaterThan(0);
    expect(limiter.attempt("2001:db8:8::1")).toBe(0);
    clock.advance(60_000);
    expect(ofNetwork(28)).toBe(0);
  });

  it.each([
    ["2001:db8:7:1::9", "2001:db8:7::/48"],
    ["2001:0DB8:7:FFff:1:2:3:4", "2001:db8:7::/48"],
    ["::1", "0:0:0::/48"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["192.0.2.7", "192.0.2.7"],
    ["a socket", "a socket"],
  ])("%s is of %s", (peer, site) => {
    expect(siteOf(peer)).toBe(site);
  });
});

describe("[U08] accounts that are opened", () => {
  it("are thirty an hour for a network and 300 for all networks of its site: each comes with credit", () => {
    const clock = manualClock();
    const newcomers = createNewcomers(clock);
    const opened = (site: string) =>
      Array.from({ length: 65 * 31 }, (_, each) => newcomers.attempt(`2001:db8:${site}:${each % 65}::1`)).filter(
        (wait) => wait === 0,
      ).length;
    expect(opened("7")).toBe(300);
    const near = Array.from({ length: 31 }, () => newcomers.attempt("2001:db8:8::1"));
    expect(near.filter((wait) => wait === 0)).toHaveLength(30);
    clock.advance(3_600_000);
    expect(opened("7")).toBe(300);
  });
});

describe("[V07] mailed codes", () => {
  const asked = { kind: "sign_in", peer: "192.0.2.7", address: "maya@fennick.example" };
  const many = (attempt: () => number, times: number) =>
    Array.from({ length: times }, attempt).filter((wait) => wait === 0).length;

  it("are ten in six hours for a known browser too, until one of them was right there", () => {
    const limits = createCodeLimits(manualClock());
    const known = { ...asked, device: "a mark" };
    expect(many(() => limits.ask(known), 20)).toBe(10);
    expect(limits.ask({ ...asked, device: "another" })).toBe(0);
    limits.forget({ ...asked, device: "another" });
    expect(limits.ask(known)).toBeGreaterThan(0);
    limits.forget(known);
    expect(limits.ask(known)).toBe(0);
  });

  it("are thirty in an hour for a network, whatever addresses it names: each is five guesses", () => {
    const clock = manualClock();
    const limits = createCodeLimits(clock);
    let count = 0;
    const ask = () => limits.ask({ ...asked, address: `name${count++}@fennick.example` });
    expect(many(ask, 40)).toBe(30);
    clock.advance(600_000);
    expect(many(ask, 40)).toBe(5);
  });
});
