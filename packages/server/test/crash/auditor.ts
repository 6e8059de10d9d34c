import { readConfig } from "../../src/config/read-config.ts";
import type { Ctx } from "../../src/context.ts";
import { createChanges } from "../../src/events/index.ts";
import { createOutbound } from "../../src/http/outbound.ts";
import { systemClock as clock } from "../../src/kernel/clock.ts";
import { silentLog as log } from "../../src/kernel/log.ts";
import { systemRandom } from "../../src/kernel/random.ts";
import { auditLedger } from "../../src/ledger/index.ts";
import { SqliteConnection } from "../../src/store/sqlite-connection.ts";
import { auditDeeds } from "./audit-deeds.ts";
import { auditMoney } from "./audit-money.ts";
import { auditTokens } from "./audit-tokens.ts";
import { type Evidence, type Finding, type Law, openEvidence } from "./evidence.ts";
import { filesOf } from "./world.ts";

/**
 * Judges what a run left behind by its database, opened for reading only, and by what was written down outside of the
 * server: nothing, if all is well. To be called when everybody has ended.
 */
export async function audit(folder: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  const report = (law: Law, says: string) => findings.push({ law, says });
  const evidence = openEvidence(folder);
  for (const { integrity_check } of evidence.rows<{ integrity_check: string }>("pragma integrity_check")) {
    if (integrity_check !== "ok") report("L6", integrity_check);
  }
  auditMoney(evidence, report);
  auditDeeds(evidence, report);
  auditTokens(evidence, report);
  evidence.database.close();
  return [...findings, ...(await ownAudit(folder, evidence))];
}

/** What the platform's own audit says, among others of the chains. */
async function ownAudit(folder: string, { world }: Evidence): Promise<Finding[]> {
  const connection = new SqliteConnection(filesOf(folder).database, true);
  const ctx: Ctx = {
    db: {
      singleProcess: true,
      async query(statement, params) {
        const plan = statement.plan("sqlite");
        return connection.execute(plan, plan.values(params)) as never;
      },
      commit: () => Promise.reject(new Error("an auditor writes nothing")),
      transact: () => Promise.reject(new Error("an auditor writes nothing")),
    },
    clock,
    random: systemRandom(clock),
    config: readConfig({ issuer: world.issuer, secrets: [world.secret], file: {} }),
    log,
    changes: createChanges(),
    outbound: createOutbound({ allowOrigins: [] }),
  };
  const violations = await auditLedger(ctx);
  connection.database.close();
  return violations.map(({ kind, id, detail }) => ({ law: lawOf(kind), says: `${kind} ${id}: ${detail}` }));
}

function lawOf(kind: string): Law {
  if (kind.startsWith("chain_")) return "L6";
  if (kind.startsWith("window_") || kind === "cap_exceeded") return "L3";
  if (kind === "hold_charge") return "L5";
  return kind.startsWith("hold_") ? "L4" : "L1";
}
