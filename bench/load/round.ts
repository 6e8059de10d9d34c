import type { Program } from "../machine/program.ts";
import { Connection } from "./connection.ts";

/** One thing that a client does again and again, each time when the one before is answered. False: nothing is left to do. */
export type Operation = (connection: Connection) => Promise<boolean>;

export interface Load {
  program: Pick<Program, "port" | "gauge">;
  connections: number;
  seconds: number;
  /**
   * The load generator has its core for itself and never sleeps: waking it would be work of the server's core, the more the
   * less the server has to do, and on virtual machines as much as a whole request. @default false
   */
  awake?: boolean;
  /** What the client with this number does. */
  operation(client: number): Operation;
}

export interface Round {
  perSecond: number;
  /** Of the server's process, per operation. */
  cpuMicros: number;
}

/** Loads a server for some seconds, or until nothing is left to do. */
export async function runRound({
  program,
  connections: count,
  seconds,
  awake = false,
  operation,
}: Load): Promise<Round> {
  const connections = await Promise.all(Array.from({ length: count }, () => Connection.open(program.port)));
  let over = false;
  let done = 0;
  const work = async (connection: Connection, client: number) => {
    const operate = operation(client);
    while (!over && (await operate(connection))) done++;
  };
  const stayAwake = () => {
    if (!over) setImmediate(stayAwake);
  };
  if (awake) stayAwake();
  const before = await program.gauge();
  const startedAt = performance.now();
  const timer = setTimeout(() => {
    over = true;
  }, seconds * 1000);
  await Promise.all(connections.map(work));
  const elapsed = performance.now() - startedAt;
  clearTimeout(timer);
  over = true;
  const after = await program.gauge();
  for (const connection of connections) connection.close();
  return { perSecond: (done / elapsed) * 1000, cpuMicros: (after.cpuMicros - before.cpuMicros) / done };
}
