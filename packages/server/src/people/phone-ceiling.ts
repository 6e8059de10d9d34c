import type { Ctx, Tx } from "../context.ts";
import { claimOnce } from "../store/index.ts";
import { countMarks } from "./phones.sql.ts";

const hourMs = 3_600_000;
/** By how much the clocks of two processes may differ. */
const skewMs = 5000;

/** What all accounts together may cost: whoever has many of them, of many networks, meets this one. */
export interface PhoneCeiling {
  /** Takes one of the hour's messages, over all processes. Comes last: a refusal gives back what was counted before it. */
  count(tx: Tx): Promise<{ ok: true } | { ok: false; why: "crowded" }>;
  /** Tells the operator, once an hour. */
  tell(): void;
}

export function createPhoneCeiling({ clock, config, log }: Pick<Ctx, "clock" | "config" | "log">): PhoneCeiling {
  const most = config.phone.kind === "verify" ? config.phone.messagesPerHour : Infinity;
  let told = -1;
  const hourNow = () => Math.floor(clock.now() / hourMs);
  return {
    async count(tx) {
      if (most === Infinity) return { ok: true };
      const hour = hourNow();
      const kind = `phone_sends ${hour}`;
      const until = (hour + 1) * hourMs + skewMs;
      // Places are taken in their order, so that the first free one is found without trying all before it.
      for (let place = await countMarks(tx, kind); place < most; place++) {
        if (await claimOnce(tx, kind, String(place), until)) return { ok: true };
      }
      return { ok: false, why: "crowded" };
    },
    tell() {
      if (told === hourNow()) return;
      told = hourNow();
      log.warn(
        { messagesPerHour: most },
        "All phone messages of this hour are used up; nobody is sent a code before the next",
      );
    },
  };
}
