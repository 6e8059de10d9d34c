import {
  type Compilable,
  DefaultQueryExecutor,
  DeleteQueryNode,
  type Expression,
  InsertQueryNode,
  type OperationNode,
  PostgresAdapter,
  PostgresQueryCompiler,
  QueryCreator,
  type RootOperationNode,
  SelectQueryNode,
  SqliteAdapter,
  SqliteQueryCompiler,
  UpdateQueryNode,
  ValueNode,
} from "kysely";
import { assert } from "../kernel/assert.ts";
import type { Dialect, Plan } from "./db.ts";
import type { Schema } from "./schema/index.ts";

/** Builds a query; `p` stands for the parameters, which are filled in when the statement runs. */
export type Build<P extends object, R> = (db: QueryCreator<Schema>, p: Readonly<P>) => Compilable<R>;

const creators: Record<Dialect, QueryCreator<Schema>> = {
  sqlite: creator(new SqliteQueryCompiler(), new SqliteAdapter()),
  postgres: creator(new PostgresQueryCompiler(), new PostgresAdapter()),
};

/** Kysely builds and compiles; running is ours, so there is nothing to connect to. */
function creator(
  compiler: SqliteQueryCompiler | PostgresQueryCompiler,
  adapter: SqliteAdapter | PostgresAdapter,
): QueryCreator<Schema> {
  const nowhere = {
    provideConnection: () => Promise.reject(new Error("a query is run through a statement, never by its builder")),
  };
  return new QueryCreator<Schema>({ executor: new DefaultQueryExecutor(compiler, adapter, nowhere) });
}

/** Stands in the query where a value will stand. */
class Parameter implements Expression<never> {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  get expressionType(): undefined {
    return undefined;
  }

  toOperationNode(): OperationNode {
    return ValueNode.create(this);
  }

  [Symbol.toPrimitive](): never {
    throw new Error(`the parameter ${this.name} has no value while the statement is built: compute it before`);
  }
}

const parameters = new Proxy(
  {},
  {
    get(_target, name) {
      assert(typeof name === "string", "a statement's parameters are taken by name");
      return new Parameter(name);
    },
    ownKeys() {
      throw new Error("a statement's parameters cannot be listed: name each column");
    },
  },
);

let plans = 0;

/** `keep` gives the plan a name, under which databases keep it prepared. */
export function compile<P extends object, R>(build: Build<P, R>, dialect: Dialect, keep: boolean): Plan {
  const { query, sql, parameters: slots } = build(creators[dialect], parameters as P).compile();
  return planOf(sql, slots, writes(query), keep ? `s${++plans}` : undefined);
}

export function planOf(sql: string, slots: readonly unknown[], writes: boolean, name: string | undefined): Plan {
  return {
    sql,
    name,
    writes,
    values(params) {
      const values = new Array<unknown>(slots.length);
      for (let index = 0; index < slots.length; index++) {
        const slot = slots[index];
        const value = slot instanceof Parameter ? (params as Record<string, unknown>)[slot.name] : slot;
        if (value === undefined) throw new Error(`no value for parameter ${index + 1} of: ${sql}`);
        // Refused before anything is written: it could not be read back, and a commit would answer with an error.
        if (typeof value === "number" && !Number.isSafeInteger(value)) {
          throw new RangeError(
            `${value} is no whole number that can be read back, for parameter ${index + 1} of: ${sql}`,
          );
        }
        values[index] = value;
      }
      return values;
    },
  };
}

function writes(query: RootOperationNode): boolean {
  if (SelectQueryNode.is(query)) {
    const inside = query.with?.expressions.map((part) => part.expression) ?? [];
    return inside.some((part) => !SelectQueryNode.is(part)) || (query.endModifiers ?? []).length > 0;
  }
  const change = UpdateQueryNode.is(query) || InsertQueryNode.is(query) || DeleteQueryNode.is(query);
  assert(change && query.returning, "a write returns its row: the row is the verdict");
  return true;
}
