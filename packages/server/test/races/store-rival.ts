/**
 * One of several processes on one database: `node store-rival.ts <url> <name> <rounds>`. Says "ready", starts at the
 * first byte of its input, and prints what it was promised: `{ claimed: ids won, answered: rounds committed }`.
 */

import { systemClock } from "../../src/kernel/clock.ts";
import { systemRandom } from "../../src/kernel/random.ts";
import { claimOnce, openStore, statement } from "../../src/store/index.ts";

const [url = "", name = "", rounds = "0"] = process.argv.slice(2);
const store = await openStore({ url, clock: systemClock, random: systemRandom(systemClock) });

const countUp = statement<{ id: string }>()((db, p) =>
  db
    .updateTable("wallets")
    .set((eb) => ({ entry_count: eb("entry_count", "+", 1) }))
    .where("id", "=", p.id)
    .returning("entry_count"),
);
const note = statement<{ name: string }>()((db, p) =>
  db.insertInto("meta").values({ name: p.name, value: "" }).returning("name"),
);

console.log("ready");
await new Promise((resolve) => process.stdin.once("data", resolve));

const claimed: number[] = [];
let answered = 0;
let next = 0;
await Promise.all(
  Array.from({ length: 8 }, async () => {
    for (let round = next++; round < Number(rounds); round = next++) {
      const won = await store.db.transact(
        async (db) => {
          await note.one({ db }, { name: `${name} ${round}` });
          await countUp.one({ db }, { id: "wal_1" });
          return claimOnce({ db }, "round", String(round), 1);
        },
        () => false,
      );
      answered += 1;
      if (won) claimed.push(round);
    }
  }),
);
await store.close();
console.log(JSON.stringify({ claimed, answered }));
process.stdin.destroy();
