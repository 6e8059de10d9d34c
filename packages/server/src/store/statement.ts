import { assert } from "../kernel/assert.ts";
import { type Build, compile, planOf } from "./compile.ts";
import type { Dialect, HasDb, Plan, Runnable } from "./db.ts";

/** A typed statement, compiled once for each database and kept prepared there. */
export class Statement<P extends object, R> implements Runnable<P, R> {
  readonly #compile: (dialect: Dialect) => Plan;
  readonly #plans: Partial<Record<Dialect, Plan>> = {};

  constructor(compile: (dialect: Dialect) => Plan) {
    this.#compile = compile;
  }

  plan(dialect: Dialect): Plan {
    const known = this.#plans[dialect];
    if (known) return known;
    const plan = this.#compile(dialect);
    this.#plans[dialect] = plan;
    return plan;
  }

  all(ctx: HasDb, params: P): Promise<R[]> {
    return ctx.db.query<P, R>(this, params);
  }

  async first(ctx: HasDb, params: P): Promise<R | undefined> {
    return (await ctx.db.query<P, R>(this, params))[0];
  }

  /** In a transaction of its own: the row is committed when it is answered. Undefined when there was nothing to write. */
  async commit(ctx: HasDb, params: P): Promise<R | undefined> {
    return (await ctx.db.commit<P, R>(this, params))[0];
  }

  /** Exactly one row; anything else is our own mistake. */
  async one(ctx: HasDb, params: P): Promise<R> {
    const rows = await ctx.db.query<P, R>(this, params);
    assert(rows.length === 1, `one row expected, ${rows.length} found`);
    return rows[0] as R;
  }
}

/**
 * A statement whose text never changes. A write must say `returning`: the row is the verdict. No list parameters
 * (`in`), and `is` does not take a parameter: such statements are built by {@link query}.
 *
 * @example
 * const findFamily = statement<{ id: string }>()((db, p) =>
 *   db.selectFrom("token_families").selectAll().where("id", "=", p.id),
 * );
 * const family = await findFamily.first(ctx, { id });
 */
export function statement<P extends object>(): <R>(build: Build<P, R>) => Statement<P, R> {
  return (build) => new Statement((dialect) => compile(build, dialect, true));
}

/** Runs a statement whose shape depends on input, such as a search: compiled each time, so not for hot paths. */
export function query<R>(ctx: HasDb, build: Build<object, R>): Promise<R[]> {
  return new Statement<object, R>((dialect) => compile(build, dialect, false)).all(ctx, {});
}

/** For what Kysely does not spell: a text of our own, without parameters. */
export function rawStatement<R>(text: string, kind: "reads" | "writes"): Statement<object, R> {
  return new Statement(() => planOf(text, [], kind === "writes", undefined));
}
