import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export type RunningPostgres = { url: string; stop(): Promise<void> };

/**
 * Starts a fresh PostgreSQL in a process of its own, which ends together with this one, however this one ends.
 * Rejects when it does not start; why is on standard error then.
 */
export async function startPostgres(): Promise<RunningPostgres> {
  const keeper = spawn(process.execPath, [fileURLToPath(new URL("keeper.ts", import.meta.url))], {
    detached: true, // Ctrl-C must not stop it before the tests have stopped.
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((done) => keeper.once("exit", () => done()));
  for await (const url of createInterface(keeper.stdout)) {
    const stop = async () => {
      keeper.stdin.end();
      await ended;
    };
    return { url, stop };
  }
  throw new Error("PostgreSQL for the tests did not start.");
}
