import { Connection } from "../load/connection.ts";
import { type Program, startProgram } from "../machine/program.ts";
import { alternate, type Figure, median } from "./figure.ts";
import { chatRequest } from "./gateway.ts";

const columns = "KB per stream";
const warmStreams = 50;

/** Streams that have begun and wait for their next event. Every round has a process of its own: memory is rarely given back. */
export const streamMemory: Figure = {
  name: "stream-memory",
  title: "Memory of an open stream",
  async measure(stage, { rounds, streams }) {
    const upstream = `http://127.0.0.1:${(await stage.upstream()).port}`;
    const installation = await stage.installation();
    const node = ["--expose-gc"];
    const contestants = [
      { name: "innkeeper", start: () => installation.start({ node }) },
      { name: "plain proxy", start: () => startProgram({ script: "../servers/proxy.ts", args: [upstream], node }) },
    ];
    const request = chatRequest(installation.key, { model: "held", stream: true });
    const results = await alternate(contestants, Math.min(rounds, 3), async ({ start }) => {
      const program = await start();
      const grown = await measureGrowth(program, request, streams);
      await program.stop();
      return grown;
    });
    const [ours, proxy] = results.map((bytes) => median(bytes) / 1024 / streams) as [number, number];
    return {
      rows: [
        { contestant: "innkeeper", values: { [columns]: ours } },
        { contestant: "plain proxy", values: { [columns]: proxy } },
      ],
      verdicts: [
        { what: "KB", value: ours, target: 75, atMost: true },
        { what: "of the plain proxy", value: ours / proxy, target: 1.6, atMost: true },
      ],
    };
  },
};

async function measureGrowth(program: Program, request: string, streams: number): Promise<number> {
  for (const connection of await openStreams(program.port, request, warmStreams)) connection.close();
  const before = await program.gauge();
  const open = await openStreams(program.port, request, streams);
  const after = await program.gauge();
  for (const connection of open) connection.close();
  return after.residentBytes - before.residentBytes;
}

/** Answers when each has its first event. */
function openStreams(port: number, request: string, count: number): Promise<Connection[]> {
  const open = async () => {
    const connection = await Connection.open(port);
    await new Promise<void>((resolve, reject) => {
      connection.send(request, resolve).then(({ body }) => reject(new Error(`a stream ended: ${body}`)), reject);
    });
    return connection;
  };
  return Promise.all(Array.from({ length: count }, open));
}
