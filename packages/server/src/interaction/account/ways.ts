import type { Ctx } from "../../context.ts";
import {
  findPasswordHash,
  findSecondFactor,
  listIdentities,
  listPasskeys,
  relyingPartyOf,
} from "../../people/index.ts";
import type { Frame } from "../../ui/index.ts";
import { passwordPath } from "../pages/account-password.ts";
import { providersPath } from "../pages/linked-providers.ts";
import { passkeysPath } from "../pages/passkeys.ts";
import { totpPath } from "../pages/totp.ts";
import type { WayFace } from "../pages/ways-list.ts";

type Words = Frame["text"]["ways"];

/** How one way stands for one user; undefined where the platform has no such way. */
type Describe = (ctx: Ctx, userId: string, words: Words) => Promise<WayFace | undefined>;

/** Every way with a page of its own, in the order of the list. */
const ways: readonly Describe[] = [
  async (ctx, userId, words) => {
    const hash = await findPasswordHash(ctx, userId);
    return { href: passwordPath, name: words.password, state: hash === null ? words.notSet : words.set };
  },
  async (ctx, userId, words) => {
    if (relyingPartyOf(ctx.config.issuer) === undefined) return undefined;
    const { length } = await listPasskeys(ctx, userId);
    return { href: passkeysPath, name: words.passkeys, state: length > 0 ? words.passkeyCount(length) : words.none };
  },
  async (ctx, userId, words) => {
    const factor = await findSecondFactor(ctx, userId);
    return { href: totpPath, name: words.secondFactor, state: factor ? words.since(factor.createdAt) : words.off };
  },
  async (ctx, userId, words) => {
    const { identityProviders } = ctx.config;
    const named = (await listIdentities(ctx, userId)).map(
      ({ provider }) => identityProviders[provider]?.name ?? provider,
    );
    if (named.length === 0 && Object.keys(identityProviders).length === 0) return undefined;
    const state = named.length > 0 ? [...new Set(named)].join(", ") : words.none;
    return { href: providersPath, name: words.providers, state };
  },
];

export async function waysOf(ctx: Ctx, userId: string, words: Words): Promise<WayFace[]> {
  const described = await Promise.all(ways.map((describe) => describe(ctx, userId, words)));
  return described.filter((way) => way !== undefined);
}
