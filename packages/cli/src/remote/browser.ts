/** Whether a page that opens now is seen by whoever typed the command. */
export function isBrowserAtHand(env: NodeJS.ProcessEnv = process.env, platform: string = process.platform): boolean {
  if (env.SSH_CONNECTION || env.SSH_CLIENT || env.SSH_TTY) return false;
  if (platform === "darwin" || platform === "win32") return true;
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** The address is printed too, so a browser that does not open stops nothing. */
export async function openBrowser(url: string): Promise<void> {
  const { default: open } = await import("open");
  try {
    const child = await open(url);
    child.on("error", () => {});
    child.unref();
  } catch {}
}
