/**
 * A planted fault: `innkeeper start`, but with a database that answers before it has committed. A kill in between loses
 * what was answered, and the auditor must say so.
 */
import { setTimeout as pause } from "node:timers/promises";
import { openHouse } from "../../../cli/src/process/house.ts";
import { listen } from "../../../cli/src/process/listen.ts";
import { createInnkeeper } from "../../src/server.ts";
import type { Db } from "../../src/store/index.ts";

const commitDelayMs = 5;

function hasty(db: Db): Db {
  const soon: Db = {
    singleProcess: db.singleProcess,
    query: (statement, params) => db.query(statement, params),
    commit: (statement, params) =>
      soon.transact(
        (db) => db.query(statement, params),
        () => false,
      ),
    transact: (work, isRefusal, deadlineMs) =>
      new Promise((resolve, reject) => {
        const slow: typeof work = async (db, afterCommit) => {
          const result = await work(db, afterCommit);
          resolve(result);
          await pause(commitDelayMs);
          return result;
        };
        db.transact(slow, isRefusal, deadlineMs).catch(reject);
      }),
  };
  return soon;
}

const { settings, store, ctx } = await openHouse({}, { exclusive: true });
const innkeeper = await createInnkeeper({ ...ctx, store: { ...store, db: hasty(store.db) } });
const listener = await listen(innkeeper, settings.host, settings.port);
process.once("SIGTERM", async () => {
  await listener.close();
  await innkeeper.close();
  await store.close();
});
console.log("ready");
