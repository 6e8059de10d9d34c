import { type Cap, canSpend, isPeriod, keyScopes, readUntil, sayScope, wholeGateway } from "../../consent/index.ts";
import { type Ctx, inTx } from "../../context.ts";
import type { Form } from "../../http/form.ts";
import type { RateLimiter } from "../../http/rate-limit.ts";
import { redirect } from "../../http/respond.ts";
import type { Route } from "../../http/table.ts";
import { Fault } from "../../kernel/faults.ts";
import { sha256Base64Url } from "../../kernel/hash.ts";
import { parseDollars } from "../../kernel/money.ts";
import { claimOnce } from "../../store/index.ts";
import { apiKeyName, makeOwnKey, type OwnKey } from "../../tokens/index.ts";
import type { Desk, Visitor } from "../desk.ts";
import { type KeyFaults, type KeyNewProps, type KeyValues, renderKeyNew } from "../pages/key-new.ts";
import { renderKeyOnce } from "../pages/key-once.ts";
import { newKeyPath as path } from "../pages/keys.ts";
import { isRecentlySignedIn } from "./freshness.ts";
import { signedIn, signInPath, submitted } from "./signed-in.ts";

const purpose = "new key";
const listPath = "/account/keys";

const statuses = { many: 409, wait: 429 };

type Shown = Pick<KeyNewProps, "values" | "faults" | "refusal">;

/** The form of a key of one's own, and its answer: the only page that ever shows the key. */
export function newKeyRoutes(desk: Desk, makings: RateLimiter): Route[] {
  const { ctx } = desk;

  function show(visitor: Visitor, shown: Shown): Response {
    const frame = desk.frame(visitor);
    const markup = renderKeyNew(frame, {
      person: visitor.person,
      csrf: desk.csrf.token({ purpose, binding: visitor.session.id }),
      fresh: isRecentlySignedIn(ctx, visitor.session),
      scopes: keyScopes(ctx.config).map((scope) => ({
        name: scope.name,
        title: sayScope(frame.text, scope).sentence(ctx.config.brand.name),
        about: scope.claims.length > 0,
      })),
      ...shown,
    });
    return desk.page(markup, { status: shown.refusal ? statuses[shown.refusal.kind] : shown.faults ? 400 : 200 });
  }

  async function make(visitor: Visitor, form: Form): Promise<Response> {
    if (!isRecentlySignedIn(ctx, visitor.session)) return redirect(signInPath(path));
    const values = readValues(ctx, form);
    const { wanted, faults } = judge(ctx, values);
    if (!wanted) return show(visitor, { values, faults });
    const seconds = makings.attempt(visitor.user.id);
    if (seconds > 0) return show(visitor, { values, refusal: { kind: "wait", milliseconds: 1000 * seconds } });
    const made = await makeOnce(ctx, visitor, form, wanted);
    if (made.ok) return showOnce(desk, visitor, wanted, made.key);
    if (made.why === "many") return show(visitor, { values, refusal: { kind: "many" } });
    if (made.why === "stale") return redirect(signInPath(path));
    return redirect(made.why === "again" ? `${listPath}?again=1` : listPath);
  }

  return [
    {
      method: "GET",
      path,
      shape: "page",
      handler: signedIn(desk, ({ visitor }) => show(visitor, { values: newValues(ctx) })),
    },
    {
      method: "POST",
      path,
      shape: "page",
      handler: submitted(desk, purpose, path, ({ visitor, form }) => make(visitor, form), ["scopes"]),
    },
  ];
}

/**
 * Pressed twice, sent again by a browser that loads the answer anew: a form makes one key. Its token is of one showing, and
 * as good as its session.
 */
function makeOnce(ctx: Ctx, { user, session }: Visitor, form: Form, wanted: OwnKey) {
  const shown = sha256Base64Url(form.get("csrf") ?? "");
  return inTx(ctx, async (tx) => {
    if (!(await claimOnce(tx, "key_form", shown, session.expiresAt)))
      return { ok: false as const, why: "again" as const };
    const { authenticatedAt: provenAt, acr: provenAcr } = session;
    const inPerson = { appId: null, keyId: null, familyId: null, scopes: undefined, provenAt, provenAcr };
    return makeOwnKey(tx, { userId: user.id, ...inPerson }, wanted);
  });
}

function showOnce(desk: Desk, visitor: Visitor, { name, scopes, limit, expiresAt }: OwnKey, key: string): Response {
  const markup = renderKeyOnce(desk.frame(visitor), {
    ...{ person: visitor.person, issuer: desk.ctx.config.issuer, name, key },
    spends: canSpend(scopes),
    cap: limit,
    endsAt: expiresAt,
  });
  return desk.page(markup);
}

function newValues({ config }: Ctx): KeyValues {
  const { period } = config.budgets.default;
  return { name: "", scopes: [wholeGateway], amount: "", period, until: "" };
}

function readValues({ config }: Ctx, form: Form): KeyValues {
  const period = form.get("cap_period") ?? config.budgets.default.period;
  if (!isPeriod(period)) throw new Fault("invalid_request", "There is no such choice.");
  return {
    name: form.get("name")?.slice(0, 200) ?? "",
    scopes: form.all("scopes"),
    amount: form.get("cap_amount")?.slice(0, 64) ?? "",
    period,
    until: form.get("until")?.slice(0, 64) ?? "",
  };
}

/** What such a form asks for, or what is wrong with it. */
function judge(
  ctx: Ctx,
  values: KeyValues,
): { wanted: OwnKey; faults?: never } | { wanted?: never; faults: KeyFaults } {
  const name = apiKeyName.safeParse(values.name);
  const known = new Set(keyScopes(ctx.config).map((scope) => scope.name));
  const scopes = [...new Set(values.scopes)];
  const limit = readLimit(values);
  const expiresAt = readUntil(values.until, ctx.clock.now());
  const faults: KeyFaults = {
    ...(!name.success && { name: "name" }),
    ...((scopes.length === 0 || !scopes.every((scope) => known.has(scope))) && { scopes: "scopes" }),
    ...(typeof limit === "string" && { amount: limit }),
    ...(typeof expiresAt === "string" && { until: expiresAt }),
  };
  if (!name.success || typeof limit === "string" || typeof expiresAt === "string" || faults.scopes) return { faults };
  return { wanted: { name: name.data, scopes, limit, expiresAt } };
}

function readLimit({ amount, period }: KeyValues): Cap | null | "form" | "zero" {
  if (amount.trim() === "") return null;
  const limitMicros = parseDollars(amount);
  if (limitMicros === undefined) return "form";
  return limitMicros === 0 ? "zero" : { limitMicros, period };
}
