import type { CDPSession, Page } from "playwright-core";

/** What Chromium takes for a device with passkeys, in one page. */
export interface VirtualAuthenticator {
  /** Whether its user agrees to what is asked from now on. What was asked before waits for ever. */
  agree(agrees: boolean): Promise<void>;
  credentials(): Promise<{ credentialId: string; userHandle?: string; signCount: number }[]>;
  remove(): Promise<void>;
}

export async function plugIn(page: Page): Promise<VirtualAuthenticator> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable", { enableUI: false });
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    agree: (enabled) => session.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled }).then(),
    async credentials() {
      return (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
    },
    remove: () => session.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId }).then(),
  };
}
