import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTx } from "../../src/context.ts";
import { updateRole } from "../../src/people/index.ts";
import { query } from "../../src/store/index.ts";
import type { Browser } from "../../src/testing/browser.ts";
import { databases } from "../../src/testing/databases.ts";
import { issuer, openPlatform, type Platform, password } from "../../src/testing/platform.ts";
import { signInByPassword } from "../hotkey-holder.ts";
import { formOf, type Rival, type Storm, sendAtOnce, startRival } from "./request-storm.ts";

const rounds = process.env.INNKEEPER_FULL === "1" ? 40 : 8;
const question = "/account/delete";

interface Operator {
  id: string;
  browser: Browser;
}
type Request = Omit<Storm, "peer" | "times">;

describe.each(databases)("the last two operators over two processes on $name", ({ open }) => {
  let platform: Platform;
  let rival: Rival;
  let people = 0;

  beforeAll(async () => {
    platform = await openPlatform(open);
    rival = await startRival(platform.url);
  });
  afterAll(async () => {
    await rival.stop();
    await platform.close();
  });

  const alive = async () =>
    (
      await query(platform.ctx, (db) =>
        db
          .selectFrom("users")
          .select("id")
          .where("role", "=", "operator")
          .where("disabled_at", "is", null)
          .where("deletion_due_at", "is", null),
      )
    ).map(({ id }) => id);

  /** Two who run the platform, and nobody else does. */
  async function two(): Promise<[Operator, Operator]> {
    const before = await alive();
    const made = [];
    for (let each = 0; each < 2; each++) {
      const username = `operator${++people}`;
      const { id } = await platform.addUser(username);
      await inTx(platform.ctx, (tx) => updateRole(tx, id, "operator"));
      // Everybody from a network of their own: what one network may do has an end.
      const browser = platform.browser(`198.51.${people >> 8}.${people & 255}`);
      await signInByPassword(browser, username);
      made.push({ id, browser });
    }
    for (const id of before) await inTx(platform.ctx, (tx) => updateRole(tx, id, "user"));
    return made as [Operator, Operator];
  }

  const leaving = async ({ browser }: Operator): Promise<Request> =>
    formOf(await browser.open(question), browser, question, { password });
  const call = ({ browser }: Operator, method: string, path: string, body?: unknown): Request => ({
    path,
    method,
    headers: {
      cookie: [...browser.cookies].map((pair) => pair.join("=")).join("; "),
      origin: issuer,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const disabling = async (by: Operator, whom: Operator) => call(by, "POST", `/admin/users/${whom.id}/disable`);
  const demoting = async (by: Operator, whom: Operator) =>
    call(by, "PUT", `/admin/users/${whom.id}/role`, { role: "support" });

  const removing = (whom: Operator, by: Operator) => disabling(by, whom);

  it.each([
    ["ask for the deletion of their accounts", leaving, leaving],
    ["disable each other by API", disabling, disabling],
    ["take each other's role by API", demoting, demoting],
    ["are to go, one by leaving and the other by the first one's hand,", leaving, removing],
  ])("[Y03][X14] when both %s at once, one stays", async (_, first, second) => {
    for (let round = 0; round < rounds; round++) {
      const [olga, otto] = await two();
      const [one, other] = [await first(olga, otto), await second(otto, olga)];
      const answers = (
        await Promise.all([
          sendAtOnce(platform, { ...one, peer: "192.0.2.9", times: 1 }),
          rival.send({ ...other, peer: "192.0.2.10", times: 1 }),
        ])
      ).flat();
      expect([answers, (await alive()).length]).toEqual([answers, 1]);
    }
  });
});
