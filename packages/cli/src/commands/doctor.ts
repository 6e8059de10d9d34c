import { auditLedger, mailWay, openSeals, pendingMigrations } from "@innkeeper/server";
import { answer, CommandFault } from "../process/answer.ts";
import { type House, openHouse } from "../process/house.ts";
import type { Flags } from "../process/settings.ts";

interface Finding {
  check: string;
  ok: boolean;
  /** What is wrong and how to mend it. */
  advice?: string;
}

/** Looks at everything that keeps a server from starting or from being right, and says how to mend it. */
export async function doctor(flags: Flags & { json?: boolean }): Promise<void> {
  const findings: Finding[] = [];
  const look = async (check: string, work: () => Promise<string | undefined>) => {
    const advice = await work().catch((error: Error) => error.message);
    findings.push(advice === undefined ? { check, ok: true } : { check, ok: false, advice });
    return advice === undefined;
  };
  let house: House | undefined;
  await look("configuration, secrets and database", async () => {
    house = await openHouse(flags);
    return undefined;
  });
  if (house) {
    await examine(house, look);
    findings.push(judgeModels(house), judgeMail(house));
  }
  await house?.store.close();
  answer(flags.json, { ok: findings.every(({ ok }) => ok), findings }, findings.map(describeFinding));
  if (findings.some(({ ok }) => !ok)) throw new CommandFault("Something wants mending.");
}

/** What is wrong stands below its check and a little to the right, however many lines it has. */
export function describeFinding({ check, ok, advice }: Finding): string {
  const lines = advice?.split("\n").map((line) => `\n      ${line}`) ?? [];
  return `${ok ? "good" : "BAD "}  ${check}${lines.join("")}`;
}

/** A platform may well offer sign-in alone, so this is a remark. */
function judgeModels({ settings }: House): Finding {
  const none = Object.keys(settings.config.models).length === 0;
  return { check: "models", ok: true, advice: none ? "There is none, so the gateway has nothing to sell." : undefined };
}

/** So is this: people can do without. */
function judgeMail({ settings: { config } }: House): Finding {
  const advice = {
    smtp: undefined,
    outbox: `There is no mail server; mail lands in ${config.issuer}/dev/outbox.`,
    none: "There is no mail.smtpUrl, so nobody can confirm an address, sign in by a mailed code or reset a password.",
  };
  return { check: "mail", ok: true, advice: advice[mailWay(config)] };
}

type Look = (check: string, work: () => Promise<string | undefined>) => Promise<boolean>;

async function examine({ ctx, store }: House, look: Look): Promise<void> {
  await look("migrations", async () => {
    const pending = await pendingMigrations(store);
    return pending.length === 0 ? undefined : `Not applied: ${pending.join(", ")}. Run: innkeeper migrate`;
  });
  await look("the secret opens what is stored", async () => {
    await openSeals(ctx);
    return undefined;
  });
  await look("ledger", async () => {
    const violations = await auditLedger(ctx);
    if (violations.length === 0) return undefined;
    return `${violations.length} violations, the first: ${JSON.stringify(violations[0])}. Stop the server, keep a copy of the database, and compare with a backup.`;
  });
}
