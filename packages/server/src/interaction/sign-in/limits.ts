import { type Ctx, inTx } from "../../context.ts";
import { networkOf } from "../../http/client-ip.ts";
import { createRateLimiter } from "../../http/rate-limit.ts";
import type { Clock } from "../../kernel/clock.ts";
import { sha256Base64Url } from "../../kernel/hash.ts";
import { twoGenerationCache } from "../../kernel/two-generation-cache.ts";
import {
  isKnownDevice,
  normaliseEmail,
  normaliseUsername,
  recordSecurityEvent,
  type User,
} from "../../people/index.ts";
import { claimOnce } from "../../store/index.ts";
import { createNetworkLimiter, siteOf } from "../network-limiter.ts";

/** From one network, whatever names are tried. */
const peerLimit = { attempts: 100, seconds: 600 };
/** From a browser that signed in to this account before: nobody else can use it up. */
const ownLimit = { attempts: 10, seconds: 600 };
/** Of strangers to one account, from wherever. Above it nobody is locked out: each network is only made slower sooner. */
const strangerLimit = { attempts: 50, seconds: 600 };
/**
 * Of a whole site to one account. Whoever has only the networks of his own to come from guesses 8640 times a day, not as
 * often as processors allow.
 */
const siteLimit = { attempts: 60, seconds: 600 };
const patience = { calm: 5, attacked: 1, firstMs: 5000, longestMs: 600_000, forgottenMs: 3_600_000 };
/** So many wrong passwords in a row, and the owner is told, once a day. */
const toldAfter = 10;
const toldEveryMs = 86_400_000;

/** Who tries to sign in, and from where. */
export interface Attempt {
  /** As it was typed. */
  login: string;
  /** Who that is, if anybody. */
  user: User | undefined;
  peer: string;
  /** The browser's long-lived mark. */
  mark: string;
}

/** How often passwords may be tried. Unknown and known names are counted alike. */
export interface SignInLimits {
  /** Counts one attempt. Milliseconds to wait; 0 is now. */
  attempt(attempt: Attempt): Promise<number>;
  /** After a wrong password. */
  failed(attempt: Attempt): Promise<void>;
  /** After the right one. */
  succeeded(attempt: Attempt): void;
}

/**
 * Nobody can be locked out: a browser that was signed in to the account has a budget of its own, and everybody else is
 * delayed by (account, network), more each time. Wherever the attack comes from, a first attempt from another site is
 * answered at once.
 */
export function createSignInLimits(ctx: Ctx): SignInLimits {
  const { clock } = ctx;
  const peers = createNetworkLimiter({ clock, ...peerLimit });
  const sites = createRateLimiter({ clock, ...siteLimit });
  const own = createRateLimiter({ clock, ...ownLimit });
  const strangers = createRateLimiter({ clock, ...strangerLimit });
  const slowed = createBackoff(clock);
  const failures = twoGenerationCache<string, number>(50_000);
  const namesOf = ({ login, user, peer, mark }: Attempt) => {
    const account = accountOf(login);
    return {
      account: sha256Base64Url(account),
      own: JSON.stringify([user?.id, mark]),
      pair: JSON.stringify([account, networkOf(peer)]),
      site: JSON.stringify([account, siteOf(peer)]),
    };
  };

  return {
    async attempt(attempt) {
      const names = namesOf(attempt);
      // Asked for a name that nobody has too, so that it takes the same time.
      const known = await isKnownDevice(ctx, attempt.user?.id ?? "", attempt.mark);
      if (known) return 1000 * own.attempt(names.own);
      const seconds = peers.attempt(attempt.peer) || sites.attempt(names.site);
      if (seconds > 0) return 1000 * seconds;
      const attacked = strangers.attempt(names.account) > 0;
      return slowed.attempt(names.pair, attacked ? patience.attacked : patience.calm);
    },
    async failed(attempt) {
      const { account } = namesOf(attempt);
      const count = (failures.get(account) ?? 0) + 1;
      failures.set(account, count);
      if (count % toldAfter === 0) await tellOwner(ctx, account, attempt.user);
    },
    succeeded(attempt) {
      const names = namesOf(attempt);
      own.forget(names.own);
      slowed.forget(names.pair);
      failures.delete(names.account);
    },
  };
}

/** Once a day over all processes; for a name that nobody has the same mark is left. */
function tellOwner(ctx: Ctx, account: string, user: User | undefined): Promise<void> {
  return inTx(ctx, async (tx) => {
    const first = await claimOnce(tx, "failed_attempts", account, tx.clock.now() + toldEveryMs);
    if (first && user) await recordSecurityEvent(tx, { userId: user.id, kind: "failed_attempts" });
  });
}

/** By what was typed, never by whom it names: which address belongs to which username is nobody's business. */
function accountOf(login: string): string {
  const typed = login.slice(0, 256);
  return normaliseUsername(typed) ?? normaliseEmail(typed) ?? typed.trim().toLowerCase();
}

interface Slowed {
  count: number;
  lastAt: number;
  freeAt: number;
}

/** The first attempts are free, and each further one waits twice as long as the one before. */
function createBackoff(clock: Clock) {
  const { firstMs, longestMs, forgottenMs } = patience;
  const known = twoGenerationCache<string, Slowed>(50_000);
  return {
    attempt(key: string, free: number): number {
      const name = sha256Base64Url(key);
      const now = clock.monotonic();
      const before = known.get(name);
      if (before && now < before.freeAt) return Math.ceil(before.freeAt - now);
      const count = before && now - before.lastAt < forgottenMs ? before.count + 1 : 1;
      const delay = count < free ? 0 : Math.min(firstMs * 2 ** (count - free), longestMs);
      known.set(name, { count, lastAt: now, freeAt: now + delay });
      return 0;
    },
    forget: (key: string) => known.delete(sha256Base64Url(key)),
  };
}
