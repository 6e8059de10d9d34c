/** The databases we speak. Outside this room nobody needs to know which one it is. */
export type Dialect = "sqlite" | "postgres";

export type Row = Record<string, unknown>;

/** A statement as one database runs it. */
export interface Plan {
  readonly sql: string;
  /** Under this name it stays prepared; without one it is prepared anew each time. */
  readonly name: string | undefined;
  readonly writes: boolean;
  /** The values in the order of the placeholders. */
  values(params: object): unknown[];
}

/** What a database needs of a statement; `P` and `R` are the types of its parameters and of its rows. */
export interface Runnable<P extends object, R> {
  plan(dialect: Dialect): Plan;
  /** Never called: it carries the types. */
  readonly types?: (params: P) => R;
}

export interface Db {
  /** Whether one server process owns this database. */
  readonly singleProcess: boolean;

  /**
   * Outside a transaction: sees what is committed, and refuses to write. Inside: reads and writes.
   *
   * @throws Fault `temporarily_unavailable` when the database is busy, full or lost.
   */
  query<P extends object, R>(statement: Runnable<P, R>, params: P): Promise<R[]>;

  /**
   * A transaction of this one statement: answered after its commit. Cheaper than {@link transact}, and enough where the row
   * that it returns is the whole verdict. Not inside a transaction.
   *
   * @throws Fault as {@link transact}
   */
  commit<P extends object, R>(statement: Runnable<P, R>, params: P): Promise<R[]>;

  /**
   * Runs `work` in a transaction, and answers after the commit. Rolls back when `work` throws, when any of its
   * statements failed, and when `isRefusal` says so of its result. `work` may be run again after a collision, so it
   * changes nothing but the database; the rest is given to `afterCommit`. Transactions do not nest.
   *
   * @throws Fault `temporarily_unavailable` also when the outcome of the commit is unknown.
   */
  transact<T>(
    work: (db: Db, afterCommit: (run: () => void) => void) => Promise<T>,
    isRefusal: (result: unknown) => boolean,
    /** @default 5000 milliseconds, after which the work is given up */
    deadlineMs?: number,
  ): Promise<T>;
}

/** Anything that carries a database, such as the context. */
export interface HasDb {
  readonly db: Db;
}

export interface Store extends HasDb {
  readonly dialect: Dialect;
  /** A number that moves when anybody commits; only where watching it is cheap. */
  dataVersion?(): number;
  /** Waits for the transactions under way. */
  close(): Promise<void>;
}
