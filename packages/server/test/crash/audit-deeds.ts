import { type EntryOf, type Evidence, groupBy, isDone, isUnknown, type Report } from "./evidence.ts";

interface GrantRow {
  id: string;
  budget_id: string | null;
  created_at: number;
  revoked_at: number | null;
}

/** L2 of everything that is no call: what was answered is there once, what was not is there once or never, and whole. */
export function auditDeeds(evidence: Evidence, report: Report): void {
  for (const { answer, deed } of evidence.entries) {
    if (answer && answer.status >= 500 && answer.status !== 503 && answer.status !== 504) {
      report("O1", `${deed.kind} was answered with ${answer.status}`);
    }
  }
  auditApps(evidence, report);
  auditRevocations(evidence, report);
  for (const { userId } of evidence.world.people) auditPerson(evidence, userId, report);
}

function auditApps({ rows, deeds, world }: Evidence, report: Report): void {
  // The one that every platform knows was registered by nobody.
  const registered = `client_id != 'innkeeper-cli'`;
  const apps = groupBy(
    rows<{ id: string; name: string }>(`select id, name from apps where ${registered}`),
    ({ name }) => name,
  );
  const attempts = groupBy(deeds("register"), ({ deed }) => deed.name);
  for (const [name, registrations] of attempts) {
    const stored = apps.get(name) ?? [];
    const done = registrations.filter(isDone);
    if (done.length > 1 || stored.length > 1) report("L2", `app "${name}": registered more than once`);
    for (const { answer } of done) {
      if (stored[0]?.id !== answer?.appId) report("L2", `app "${name}": answered, and not in the database`);
    }
    if (stored.length > 0 && !registrations.some((entry) => isDone(entry) || isUnknown(entry))) {
      report("L2", `app "${name}": refused, and in the database`);
    }
  }
  for (const [name, [app]] of apps) {
    if (app?.id !== world.app.id && !attempts.has(name)) report("L2", `app "${name}": nobody registered it`);
  }
  const halves = `select a.id from apps a where ${registered} and (
    not exists (select 1 from app_secrets s where s.app_id = a.id)
    or 1 != (select count(*) from audit_log l where l.action = 'app.created' and l.subject_id = a.id))`;
  for (const { id } of rows<{ id: string }>(halves)) report("L2", `${id}: half an app`);
}

function auditRevocations({ rows, deeds, accessTokenOf, refreshTokenOf }: Evidence, report: Report): void {
  const marks = new Set(rows<{ id: string }>("select id from once where kind = 'revoked'").map(({ id }) => id));
  for (const { deed } of deeds("revoke_token").filter(isDone)) {
    const isAccess = deed.token.startsWith("ik_at_");
    const id = isAccess ? accessTokenOf(deed.token).id : refreshTokenOf(deed.token).familyId;
    if (!marks.has(id)) report("L2", `${id}: revoked by answer, and not in the database`);
  }
  const halves = `select f.id from token_families f where (f.revoked_at is not null)
      != exists (select 1 from once o where o.kind = 'revoked' and o.id = f.id)
    or (f.revoked_at is not null) != (select count(*) from audit_log l where l.subject_id = f.id
      and l.action in ('family.revoked', 'family.replayed', 'code.replayed'))`;
  for (const { id } of rows<{ id: string }>(halves)) report("L2", `${id}: half revoked`);
}

/** Consents, caps and revocations of one person: one after another, so that the journal tells what must be left. */
function auditPerson({ rows, deeds, codeOf }: Evidence, userId: string, report: Report): void {
  const say = (text: string) => report("L2", `${userId}: ${text}`);
  const ofPerson = <D extends { userId: string }>(list: { deed: D }[]) =>
    list.filter(({ deed }) => deed.userId === userId);
  const grants = rows<GrantRow>("select * from grants where user_id = ? order by created_at, id", userId);
  const consents = ofPerson(deeds("consent")) as EntryOf<"consent">[];
  const revocations = ofPerson(deeds("revoke_grant")) as EntryOf<"revoke_grant">[];
  const caps = ofPerson(deeds("cap")) as EntryOf<"cap">[];

  const living = grants.filter(({ revoked_at }) => revoked_at === null);
  if (living.length > 1) say(`${living.length} grants live`);
  for (const { answer } of consents.filter(isDone)) {
    const { grantId } = codeOf(answer?.code ?? "");
    if (!grants.some(({ id }) => id === grantId)) say(`the consent ${grantId} is not in the database`);
  }
  const within = ({ begunAt, answeredAt }: { begunAt: number; answeredAt: number }, at: number | null) =>
    at !== null && begunAt <= at && at <= answeredAt;
  for (const revocation of revocations.filter(isDone)) {
    const ended = grants.filter(({ revoked_at }) => within(revocation, revoked_at));
    if (ended.length !== 1) say(`a revocation that was answered ended ${ended.length} grants`);
  }
  // The first grant was there before the journal began.
  for (const { id, revoked_at, created_at } of grants) {
    const wanted = consents.some((consent) => within(consent, created_at));
    if (!wanted && id !== grants[0]?.id) say(`nobody gave the consent ${id}`);
    const ended = revocations.some((revocation) => within(revocation, revoked_at));
    if (revoked_at !== null && !ended) say(`nobody revoked ${id}`);
  }
  const noted = `select g.id from grants g where user_id = ? and ((g.revoked_at is not null)
      != (select count(*) from audit_log l where l.action = 'consent.revoked' and l.subject_id = g.id)
    or 1 != (select count(*) from audit_log l where l.action = 'consent.given' and l.subject_id = g.id)
    or not exists (select 1 from budgets b where b.id = g.budget_id))`;
  for (const { id } of rows<{ id: string }>(noted, userId)) say(`${id} is half given or half revoked`);
  auditCap(rows, living[0], [...consents, ...caps], say);
}

/** In force is the last cap that was answered, or one after it that was not. */
function auditCap(
  rows: Evidence["rows"],
  grant: GrantRow | undefined,
  changes: EntryOf<"consent" | "cap">[],
  say: (text: string) => void,
): void {
  if (!grant) return;
  const ordered = changes.sort((one, other) => one.number - other.number);
  const lastDone = ordered.findLastIndex(isDone);
  const possible = ordered.filter((entry, at) => at === lastDone || (at > lastDone && isUnknown(entry)));
  const limits = possible.map(({ deed }) => deed.limitMicros);
  const [budget] = rows<{ limit: number }>(
    'select limit_month_micros as "limit" from budgets where id = ?',
    grant.budget_id,
  );
  if (lastDone >= 0 && !limits.includes(budget?.limit ?? -1)) {
    say(`the cap is ${budget?.limit}, and was set to ${limits.join(" or ")}`);
  }
}
