import { type Evidence, groupBy, isDone, isUnknown, type Report } from "./evidence.ts";
import type { Answer, Entry } from "./journal.ts";

interface FamilyRow {
  id: string;
  grant_id: string;
  generation: number;
  revoked_at: number | null;
}

/** How long after an answered revocation a token may still be taken. */
const revocationMs = 1000;
const codeLifeMs = 60_000;
const graceMs = 10_000;

/** T1 to T3, and that what was issued is there and is honoured. */
export function auditTokens(evidence: Evidence, report: Report): void {
  const families = new Map(evidence.rows<FamilyRow>("select * from token_families").map((row) => [row.id, row]));
  const heads = auditCodes(evidence, families, report);
  auditRotations(evidence, families, heads, report);
  auditUses(evidence, families, report);
}

/** Answers the highest generation that was told to anybody, by family. */
function auditCodes(
  { deeds, codeOf, refreshTokenOf }: Evidence,
  families: Map<string, FamilyRow>,
  report: Report,
): Map<string, number> {
  const heads = new Map<string, number>();
  const known = new Set<string>();
  for (const [text, tries] of groupBy(deeds("redeem"), ({ deed }) => deed.code)) {
    const { id, grantId } = codeOf(text);
    const done = tries.filter(isDone);
    const row = families.get(id);
    known.add(id);
    if (done.length > 1) report("T1", `${id}: its code was redeemed ${done.length} times`);
    for (const { answer } of done) {
      if (row?.grant_id !== grantId) report("L2", `${id}: redeemed by answer, and not in the database`);
      const { familyId, generation } = refreshTokenOf(answer?.refreshToken ?? "");
      if (familyId !== id || generation !== 1) report("T1", `${id}: its code gave ${familyId} ${generation}`);
      heads.set(id, generation);
    }
    if (row && !tries.some((entry) => isDone(entry) || isUnknown(entry))) report("L2", `${id}: refused, and stored`);
  }
  for (const id of families.keys()) if (!known.has(id)) report("T1", `${id}: no code of the journal began it`);
  return heads;
}

function auditRotations(
  { deeds, refreshTokenOf }: Evidence,
  families: Map<string, FamilyRow>,
  heads: Map<string, number>,
  report: Report,
): void {
  /** Families with the generation whose rotation nobody was told of. */
  const open = new Set<string>();
  for (const entry of deeds("refresh")) {
    const { familyId, generation } = refreshTokenOf(entry.deed.token);
    if (isUnknown(entry)) open.add(`${familyId} ${generation}`);
    if (!isDone(entry)) continue;
    const next = refreshTokenOf(entry.answer?.refreshToken ?? "");
    if (next.familyId !== familyId || next.generation !== generation + 1) {
      report("T1", `${familyId}: generation ${generation} became ${next.familyId} ${next.generation}`);
    }
    heads.set(familyId, Math.max(heads.get(familyId) ?? 0, next.generation));
  }
  for (const [id, { generation }] of families) {
    const told = heads.get(id);
    if (told === undefined) continue;
    const most = open.has(`${id} ${told}`) ? told + 1 : told;
    if (generation < told) report("L2", `${id}: ${told} was answered, ${generation} is stored`);
    if (generation > most) report("T3", `${id}: ${generation} lives, and nobody got beyond ${most}`);
  }
}

/** A moment and what died then, by the id of a token, a family or a grant. */
type Deaths = Map<string, number>;

/** A dead token is refused, and a living one is not. */
function auditUses(evidence: Evidence, families: Map<string, FamilyRow>, report: Report): void {
  const { entries } = evidence;
  const answered: Deaths = new Map();
  const attempted: Deaths = new Map();
  const firstShown = new Map<string, Entry>();
  for (const entry of entries) {
    const { id, isSure } = killedBy(evidence, entry, firstShown) ?? {};
    if (id === undefined) continue;
    note(attempted, id, entry.begunAt);
    if (isSure && entry.answer && !isUnknown(entry)) note(answered, id, entry.answeredAt);
  }
  for (const entry of entries) {
    const ids = usedBy(evidence, families, entry);
    if (!ids || !entry.answer) continue;
    const dead = ids.filter((id) => (answered.get(id) ?? Number.POSITIVE_INFINITY) + revocationMs < entry.begunAt);
    const what = `${entry.deed.kind} ${entry.number}`;
    if (dead.length > 0 && isDone(entry)) report("T2", `${what}: ${dead.join(", ")} was revoked, and is honoured`);
    const mayBeDead = ids.some((id) => (attempted.get(id) ?? Number.POSITIVE_INFINITY) <= entry.answeredAt);
    if (!mayBeDead && isRefused(entry.deed.kind, entry.answer)) report("L2", `${what}: ${ids.join(", ")} is refused`);
  }
}

function note(deaths: Deaths, id: string, at: number): void {
  deaths.set(id, Math.min(deaths.get(id) ?? Number.POSITIVE_INFINITY, at));
}

/** The token, family or grant that the deed kills, and whether an answer leaves no doubt of it. */
function killedBy(
  { rows, accessTokenOf, refreshTokenOf, codeOf }: Evidence,
  entry: Entry,
  firstShown: Map<string, Entry>,
): { id: string; isSure: boolean } | undefined {
  const { deed, begunAt, answeredAt } = entry;
  if (deed.kind === "revoke_token") {
    const isAccess = deed.token.startsWith("ik_at_");
    return { id: isAccess ? accessTokenOf(deed.token).id : refreshTokenOf(deed.token).familyId, isSure: true };
  }
  if (deed.kind === "revoke_grant") {
    const sql = "select id from grants where user_id = ? and revoked_at between ? and ?";
    const [grant] = rows<{ id: string }>(sql, deed.userId, begunAt, Math.min(answeredAt, Number.MAX_SAFE_INTEGER));
    return grant && { id: grant.id, isSure: true };
  }
  if (deed.kind !== "redeem" && deed.kind !== "refresh") return undefined;
  const text = deed.kind === "redeem" ? deed.code : deed.token;
  const first = firstShown.get(text);
  if (!first) firstShown.set(text, entry);
  // A code that was used and is shown again takes along what came of it, unless it had expired by then.
  if (!first || isDone(entry)) return undefined;
  if (deed.kind === "refresh") {
    // So does a refresh token, once the grace is over in which it gets the same successor again.
    return answeredAt - first.begunAt < graceMs ? undefined : { id: refreshTokenOf(text).familyId, isSure: false };
  }
  return { id: codeOf(text).id, isSure: begunAt - first.begunAt < codeLifeMs / 2 };
}

/** What must live for the deed to be done; undefined where that is no token's business. */
function usedBy(
  { accessTokenOf, refreshTokenOf, codeOf }: Evidence,
  families: Map<string, FamilyRow>,
  { deed }: Entry,
): string[] | undefined {
  if (deed.kind === "redeem") {
    const { id, grantId } = codeOf(deed.code);
    return [id, grantId];
  }
  const isShown = deed.kind === "refresh" || deed.kind === "introspect";
  const text = isShown ? deed.token : deed.kind === "chat" ? deed.bearer : null;
  if (text?.startsWith("ik_at_")) {
    const { id, familyId, grantId } = accessTokenOf(text);
    return [id, familyId, grantId];
  }
  if (!text?.startsWith("ik_rt_")) return undefined;
  const { familyId } = refreshTokenOf(text);
  return [familyId, families.get(familyId)?.grant_id ?? ""];
}

function isRefused(kind: Entry["deed"]["kind"], { status, done }: Answer): boolean {
  return kind === "chat" ? status === 401 : kind !== "introspect" && !done && status < 500;
}
