import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { audit } from "./auditor.ts";
import { type EntryOf, type Evidence, isDone, type Law, openEvidence } from "./evidence.ts";
import type { Answer, Deed } from "./journal.ts";
import { killAgainAndAgain } from "./supervisor.ts";
import { filesOf } from "./world.ts";

let parent: string;
let sound: string;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "innkeeper-crash-"));
  sound = join(parent, "sound");
  await mkdir(sound);
  await killAgainAndAgain({ folder: sound, kills: 2, clients: 16, afterwardsMs: 3000 });
});

afterAll(() => rm(parent, { recursive: true }));

const newFolder = () => mkdtemp(join(parent, "run-"));

/** What may be done to a copy of a sound run. */
interface Planting {
  evidence: Evidence;
  /** On the database, past every trigger. */
  tell(sql: string, ...values: (string | number)[]): void;
  /** Into the journal, as the last words. */
  claim(deed: Deed, answer: Answer): void;
  produced(change: (lines: string[]) => string[]): void;
  /** The last of its kind that was answered as done. */
  last<K extends Deed["kind"]>(kind: K): EntryOf<K> & { answer: Answer };
}

/** A time when every revocation of the run is long known. */
const laterMs = 60_000;

async function auditPlanted(plant: (planting: Planting) => void): Promise<string[]> {
  const folder = await newFolder();
  await cp(sound, folder, { recursive: true });
  const files = filesOf(folder);
  const database = new DatabaseSync(files.database);
  const evidence = openEvidence(folder);
  for (const { name } of evidence.rows<{ name: string }>("select name from sqlite_master where type = 'trigger'")) {
    if (!name.startsWith("note_")) database.exec(`drop trigger ${name}`);
  }
  let number = evidence.entries.length;
  plant({
    evidence,
    tell(sql, ...values) {
      expect(database.prepare(sql).run(...values).changes, sql).toBeGreaterThan(0);
    },
    claim(deed, answer) {
      const at = Date.now() + laterMs;
      const lines = [
        { number, at, deed },
        { number: number++, at: at + 1, answer },
      ];
      appendFileSync(files.journal, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    },
    produced(change) {
      const lines = readFileSync(files.produced, "utf8").split("\n").filter(Boolean);
      writeFileSync(files.produced, `${change(lines).join("\n")}\n`);
    },
    last(kind) {
      const entry = evidence.deeds(kind).findLast(isDone);
      if (!entry?.answer) throw new Error(`the run has no ${kind}`);
      return { ...entry, answer: entry.answer };
    },
  });
  database.close();
  evidence.database.close();
  const findings = await audit(folder);
  await rm(folder, { recursive: true });
  return findings.map(({ law, says }) => `${law} ${says}`);
}

/** One that nobody has tried to kill, nor its family, nor its grant. */
function livingToken({ deeds, rows, codeOf, accessTokenOf }: Evidence): string {
  const living = `select f.id from token_families f join grants g on g.id = f.grant_id
    where f.revoked_at is null and g.revoked_at is null`;
  const families = new Set(rows<{ id: string }>(living).map(({ id }) => id));
  const attacked = new Set(deeds("revoke_token").map(({ deed }) => deed.token));
  for (const { deed, answer } of deeds("redeem").filter(isDone)) {
    const { accessToken = "", refreshToken = "" } = answer ?? {};
    const isFree = !attacked.has(accessToken) && !attacked.has(refreshToken) && families.has(codeOf(deed.code).id);
    if (isFree && accessTokenOf(accessToken).familyId === codeOf(deed.code).id) return accessToken;
  }
  throw new Error("the run has no living token");
}

const doubled = `insert into entries select wallet_id, (select max(seq) + 1 from entries o where o.wallet_id = e.wallet_id),
  id || 'x', kind, debit_account, credit_account, amount_micros, balance_after_micros, reference, created_at, checksum
  from entries e where kind = 'charge' order by id limit 1`;
const reopened = `update holds set ended_at = null, outcome = null, cost_micros = null, loss_micros = null
  where id = (select max(id) from holds where outcome = 'settled')`;
const generationOf = "where id = (select max(id) from token_families where generation > 1 and revoked_at is null)";

const faults: [what: string, law: Law, words: string, plant: (planting: Planting) => void][] = [
  [
    "an answer that is not in the database",
    "L2",
    'app "Never": answered, and not in the database',
    ({ claim }) => claim({ kind: "register", name: "Never" }, { status: 200, done: true, appId: "app_never" }),
  ],
  ["half an app", "L2", "half an app", ({ tell }) => tell("delete from app_secrets")],
  [
    "an app registered for nobody",
    "L2",
    "nobody registered it",
    ({ tell }) => tell("update apps set name = 'Other' where id = (select max(id) from apps)"),
  ],
  [
    "a family that is gone",
    "L2",
    "redeemed by answer, and not in the database",
    ({ tell, last, evidence }) =>
      tell("delete from token_families where id = ?", evidence.codeOf(last("redeem").deed.code).id),
  ],
  [
    "a rotation that is gone",
    "L2",
    "is stored",
    ({ tell }) => tell(`update token_families set generation = generation - 1 ${generationOf}`),
  ],
  [
    "a second living head",
    "T3",
    "and nobody got beyond",
    ({ tell }) => tell(`update token_families set generation = generation + 2 ${generationOf}`),
  ],
  [
    "a code that was redeemed twice",
    "T1",
    "its code was redeemed 2 times",
    ({ claim, last }) => {
      const { deed, answer } = last("redeem");
      claim(deed, answer);
    },
  ],
  [
    "a refresh token with two successors",
    "T1",
    "became",
    ({ claim, last }) => {
      const { deed, answer } = last("refresh");
      claim(deed, { ...answer, refreshToken: deed.token });
    },
  ],
  [
    "a revoked token that is honoured",
    "T2",
    "was revoked, and is honoured",
    ({ claim, last }) =>
      claim({ kind: "introspect", token: last("revoke_token").deed.token }, { status: 200, done: true }),
  ],
  [
    "a revocation that is gone",
    "L2",
    "revoked by answer, and not in the database",
    ({ tell }) => tell("delete from once where kind = 'revoked'"),
  ],
  [
    "half a revocation",
    "L2",
    "half revoked",
    ({ tell }) => tell("update token_families set revoked_at = null where revoked_at is not null"),
  ],
  [
    "a revoked grant that is gone",
    "L2",
    "a revocation that was answered ended 0 grants",
    ({ tell, last }) =>
      tell("delete from grants where revoked_at is not null and user_id = ?", last("revoke_grant").deed.userId),
  ],
  [
    "a consent that is gone",
    "L2",
    "is not in the database",
    ({ tell, last, evidence }) =>
      tell("delete from grants where id = ?", evidence.codeOf(last("consent").answer.code ?? "").grantId),
  ],
  [
    "a cap that is another one",
    "L2",
    "the cap is",
    ({ tell }) => tell("update budgets set limit_month_micros = limit_month_micros + 1 where limit_month_micros > 0"),
  ],
  [
    "a window above its cap",
    "L3",
    "spent and held of",
    ({ tell }) =>
      tell(`update budget_windows set held_micros = limit_micros + 1
        where budget_id = (select max(budget_id) from budget_windows where period = 'month')`),
  ],
  [
    "a window with a limit of its own",
    "L3",
    "its window has another limit",
    ({ tell }) => tell("update budget_windows set limit_micros = limit_micros + 1"),
  ],
  ["a hold that is left open", "L4", "still open", ({ tell }) => tell(reopened)],
  [
    "a hold that nobody asked for",
    "L2",
    "that no call of the journal has made",
    ({ tell }) => tell("delete from once where kind = 'idempotency'"),
  ],
  [
    "a call that is gone",
    "L2",
    "stands without a hold",
    ({ tell }) => tell("delete from holds where id = (select max(id) from holds where outcome = 'settled')"),
  ],
  ["an entry that is doubled", "L6", "chain_broken", ({ tell }) => tell(doubled)],
  [
    "an entry that was changed",
    "L6",
    "chain_broken",
    ({ tell }) => tell("update entries set reference = reference || 'x' where seq = 1"),
  ],
  [
    "a balance that no entry explains",
    "L1",
    "the balance is not the sum of its entries",
    ({ tell }) => tell("update wallets set balance_micros = balance_micros + 1"),
  ],
  [
    "money held for nobody",
    "L1",
    "held is not the sum of the open holds",
    ({ tell }) => tell("update wallets set held_micros = held_micros + 1"),
  ],
  [
    "a bill above what was produced",
    "L5",
    "produced for",
    ({ produced }) => produced((lines) => lines.map((line) => line.replace(/"output":\d+/, '"output":0'))),
  ],
  [
    "a call that was forwarded twice",
    "L5",
    "forwarded 2 times",
    ({ produced }) => produced((lines) => [...lines, lines[0]!]),
  ],
  [
    "a call that was answered twice",
    "L2",
    "answered 2 times",
    ({ claim, last }) => {
      const { deed, answer } = last("chat");
      claim(deed, answer);
    },
  ],
  [
    "a living token that is refused",
    "L2",
    "is refused",
    ({ claim, evidence }) => {
      const deed: Deed = { kind: "chat", mark: "refused", bearer: livingToken(evidence), keyId: null, stream: false };
      claim(deed, { status: 401, done: false });
    },
  ],
  [
    "a fault of the server",
    "O1",
    "register was answered with 500",
    ({ claim }) => claim({ kind: "register", name: "Fault" }, { status: 500, done: false }),
  ],
];

describe("[R29] the auditor of killed servers", () => {
  it("finds nothing in a sound run", async () => {
    expect(await audit(sound)).toEqual([]);
  });

  it.each(faults)("catches %s", async (_what, law, words, plant) => {
    const said = await auditPlanted(plant);
    expect(said).toContainEqual(expect.stringMatching(new RegExp(`^${law} .*${words}`)));
  });

  it("catches a server that answers before the commit", { timeout: 120_000 }, async () => {
    const program = fileURLToPath(new URL("hasty-server.ts", import.meta.url));
    const folder = await newFolder();
    await killAgainAndAgain({ folder, kills: 8, program });
    const said = (await audit(folder)).map(({ law, says }) => `${law} ${says}`);
    expect(said).toContainEqual(expect.stringMatching(/^L2 .*(not in the database|is stored)/));
  });
});
