import type { Pool } from "pg";

const poolSize = 16;

/** For every connection: warnings must be heard (see `commit`), and nobody holds a lock for long, not even a stopped process. */
const session =
  "set client_min_messages = warning; set statement_timeout = 5000; set idle_in_transaction_session_timeout = 10000";

/** @throws Error when the server cannot be reached, or is set to forget what it has committed. */
export async function openPool(url: string): Promise<Pool> {
  const pg = (await import("pg")).default;
  const pool = new pg.Pool({
    connectionString: url,
    application_name: "innkeeper",
    max: poolSize,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    types: {
      getTypeParser: (oid, format) =>
        wholeNumberTypes.has(oid) ? wholeNumber : pg.types.getTypeParser(oid as never, format as never),
    },
    onConnect: async (client) => {
      // Without a listener, a connection lost between two statements would end the process.
      client.on("error", () => {});
      await client.query(session);
    },
  });
  pool.on("error", () => {});
  try {
    await refuseForgetfulServer(pool);
    return pool;
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** int8, and numeric, which is what a sum of int8 is. */
const wholeNumberTypes = new Set([20, 1700]);

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`not a safe integer: ${text}`);
  return value;
}

async function refuseForgetfulServer(pool: Pool): Promise<void> {
  const names = ["fsync", "full_page_writes", "synchronous_commit"];
  const asked = names.map((name) => `current_setting('${name}', true) as ${name}`).join(", ");
  const { rows } = await pool.query(`select ${asked}`).catch((cause: Error) => {
    throw new Error(`PostgreSQL cannot be reached: ${cause.message || "connection refused"}`, { cause });
  });
  const off = names.filter((name) => rows[0][name] === "off");
  if (off.length > 0) throw new Error(describeForgetfulness(off));
}

export function describeForgetfulness(off: readonly string[]): string {
  const said = off.length === 1 ? "is off. Switch it on" : "are off. Switch them on";
  return `PostgreSQL would lose money after a crash: ${new Intl.ListFormat("en-GB").format(off)} ${said}.`;
}
