import { expect, it } from "vitest";
import { isBrowserAtHand } from "./browser.ts";

it.each([
  ["a desk", { DISPLAY: ":0" }, "linux", true],
  ["a desk with Wayland", { WAYLAND_DISPLAY: "wayland-0" }, "linux", true],
  ["a server", {}, "linux", false],
  ["a desk, reached over SSH with forwarding", { DISPLAY: "localhost:10.0", SSH_CONNECTION: "a b" }, "linux", false],
  ["a Mac", {}, "darwin", true],
  ["a Mac over SSH", { SSH_TTY: "/dev/ttys001" }, "darwin", false],
  ["Windows", {}, "win32", true],
])("whether a browser is at hand: %s", (_where, env, platform, expected) => {
  expect(isBrowserAtHand(env, platform)).toBe(expected);
});
