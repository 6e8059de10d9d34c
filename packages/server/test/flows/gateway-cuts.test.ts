import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/kernel/random.ts";
import { listCalls } from "../../src/ledger/index.ts";
import { databases } from "../../src/testing/databases.ts";
import {
  events,
  json,
  type Play,
  type Received,
  type Report,
  type Step,
  streamed,
} from "../../src/testing/upstream.ts";
import { type Guest, hello, openStage, type Stage } from "./gateway-stage.ts";

const full = process.env.INNKEEPER_FULL === "1";
const rounds = full ? 10_000 : 60;
const together = 16;

describe.each(databases)("clients that leave on $name", ({ open }) => {
  it(`[P10] at ${rounds} random places of their answers are billed exactly what the upstream reported, once`, {
    timeout: 3_600_000,
  }, async () => {
    const stage = await openStage(open);
    const maya = await stage.keyGuest();
    const told = await cutCalls(stage, maya, reportNumber);
    expect(await misbilled(stage, maya, told)).toEqual([]);
    // Whoever left before the request was whole never called.
    expect(told.length).toBeGreaterThan(rounds * 0.9);
    await expectNoConnections(stage);
    await stage.close();
  });

  it("[R29] would be noticed, were one of them billed otherwise", async () => {
    const stage = await openStage(open);
    const maya = await stage.keyGuest();
    const told = await cutCalls(stage, maya, reportNumber, 8);
    told[3] = { ...told[3]!, completion: told[3]!.completion + 1 };
    expect(await misbilled(stage, maya, told)).toHaveLength(2);
    expect(await misbilled(stage, maya, told.slice(1))).toHaveLength(3);
    await stage.close();
  });
});

/** Each number has a report of its own, so that bills can be told apart; some report nothing used. */
function reportNumber(number: number): Report {
  return { prompt: Math.floor(number / 1000), completion: number % 1000 };
}

/** Many calls, each left at a random place. Answers what the upstream reported of those that reached it. */
async function cutCalls(
  stage: Stage,
  guest: Guest,
  reportOf: (number: number) => Report,
  calls = rounds,
): Promise<Report[]> {
  const chance = seededRandom(7, stage.clock);
  const choose = (below: number) => chance.bytes(4).reduce((sum, byte) => sum * 256 + byte, 0) % below;
  const told: Report[] = [];
  stage.upstream.play = (received) => {
    const report = reportOf(told.length);
    told.push(report);
    return received.body.stream ? unsteady(received, report) : json(report, "x".repeat(2_000));
  };
  let left = calls;
  const client = async () => {
    while (left-- > 0) {
      const place = choose(10);
      // Two in ten before the first byte, one behind the last.
      const bytes = place < 2 ? 0 : place === 2 ? Number.POSITIVE_INFINITY : choose(2_600);
      await leaveAfter(stage, guest, { stream: choose(3) > 0 }, bytes, choose(2) === 0);
    }
  };
  await Promise.all(Array.from({ length: together }, client));
  await stage.settled();
  return told;
}

/** Events come one by one, some together, some after a while. */
function unsteady(received: Received, report: Report): Play {
  const steps = events(received, { report, words: Array(6).fill(" word") });
  return streamed(steps.flatMap((event, index): Step[] => (index % 3 === 0 ? [event, { waitMs: 1 }] : [event])));
}

/** Sends a request, reads that many bytes of the answer, and is gone: in good order, or not. */
function leaveAfter(
  { origin }: Stage,
  { bearer }: Guest,
  body: object,
  bytes: number,
  politely: boolean,
): Promise<void> {
  const text = JSON.stringify({ ...hello, ...body });
  const socket = connect(Number(new URL(origin).port), "127.0.0.1");
  let read = 0;
  const leave = () => (politely ? socket.destroy() : socket.resetAndDestroy());
  socket.on("data", (piece) => {
    read += piece.length;
    // The last bytes of a whole answer, plain or chunked.
    const ended = piece.toString("latin1").endsWith("0\r\n\r\n") || piece.toString("latin1").endsWith("}");
    if (read > bytes || ended) leave();
  });
  socket.on("error", () => {});
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${bearer}\r\n` +
      `content-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
    () => bytes === 0 && leave(),
  );
  return new Promise((resolve) => socket.once("close", () => resolve()));
}

/** What stands on the bill and was not reported, and the other way round. */
async function misbilled({ ctx }: Stage, { walletId }: Guest, told: Report[]): Promise<string[]> {
  const billed: string[] = [];
  for (let before: string | undefined; ; ) {
    const page = await listCalls(ctx, { walletId, before, limit: 100 });
    for (const { outcome, costMicros, usage } of page) {
      billed.push(
        `${outcome} ${usage?.inputTokens}+${usage?.outputTokens} cost ${costMicros} estimated ${usage?.estimated}`,
      );
    }
    if (page.length < 100) break;
    before = page.at(-1)!.id;
  }
  const expected = told.map(
    ({ prompt, completion }) => `settled ${prompt}+${completion} cost ${prompt + 2 * completion} estimated false`,
  );
  const differences = new Map<string, number>();
  for (const line of billed) differences.set(line, (differences.get(line) ?? 0) + 1);
  for (const line of expected) differences.set(line, (differences.get(line) ?? 0) - 1);
  return [...differences]
    .filter(([, count]) => count !== 0)
    .map(([line, count]) => `${count > 0 ? "+" : ""}${count} ${line}`);
}

async function expectNoConnections(stage: Stage): Promise<void> {
  const connections = () =>
    new Promise<number>((resolve, reject) =>
      stage.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );
  await expect.poll(connections, { timeout: 60_000 }).toBe(0);
  await stage.gateway.close();
  await expect.poll(() => stage.upstream.sockets(), { timeout: 60_000 }).toBe(0);
}
