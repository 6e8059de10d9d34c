import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, delimiter, join } from "node:path";

/** Chromium without a desktop's window: the same pages in two thirds of the time. */
const shells = ["chromium-headless-shell", "chrome-headless-shell"];
const names = [...shells, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const elsewhere = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** What to tell people who have none. */
export const chromiumMissing =
  "There is no Chromium here: install chromium or google-chrome, or set INNKEEPER_CHROMIUM to the path of one.";

/** Path of the Chromium for browser tests: `INNKEEPER_CHROMIUM`, else the system's. */
export function findChromium(): string | undefined {
  const named = process.env.INNKEEPER_CHROMIUM;
  const folders = (process.env.PATH ?? "").split(delimiter);
  if (named) return existsSync(named) ? named : undefined;
  const candidates = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...elsewhere];
  return candidates.find(
    (path) => existsSync(path) && spawnSync(path, ["--version"], { timeout: 20_000 }).status === 0,
  );
}

export function isShell(path: string): boolean {
  return shells.includes(basename(path));
}

/** Installs Debian's packages, with fonts (a fresh machine has none), where we are root and may do so. */
export function installChromium(): void {
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) return;
  const apt = (...args: string[]) => {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const flags = ["-qq", "-o", "DPkg::Lock::Timeout=300"];
    return spawnSync("apt-get", [...flags, ...args], { env, stdio: ["ignore", 2, 2] }).status === 0;
  };
  const install = (browser: string) =>
    apt("install", "-y", "--no-install-recommends", browser, "fonts-liberation", "fonts-dejavu-core");
  console.log("Installing Chromium…");
  apt("update");
  // Images older than their mirror can break off half-way through an upgrade that this needs: mended, it goes through.
  for (const browser of ["chromium-headless-shell", "chromium"]) {
    if (install(browser) || (apt("install", "-y", "--fix-broken") && install(browser))) return;
  }
}
