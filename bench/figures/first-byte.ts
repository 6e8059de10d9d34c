import { Connection } from "../load/connection.ts";
import { alternate, type Figure, median } from "./figure.ts";
import { appToken, chatRequest } from "./gateway.ts";

/** One stream after another on one connection: what stands between the upstream's first byte and the client's. */
export const firstByte: Figure = {
  name: "first-byte",
  title: "First byte of a stream, one connection",
  async measure(stage, { rounds, seconds, warmSeconds }) {
    const request = chatRequest(await appToken(stage), { stream: true });
    const contestants = [
      { name: "innkeeper", port: (await stage.innkeeper()).program.port },
      { name: "plain proxy", port: (await stage.proxy()).port },
      { name: "upstream itself", port: (await stage.upstream()).port },
    ];
    for (const { port } of contestants) await timeStreams(port, request, warmSeconds);
    const results = await alternate(contestants, rounds, ({ port }) => timeStreams(port, request, seconds));
    const [ours, proxy, direct] = results.map(median) as [number, number, number];
    return {
      rows: contestants.map(({ name }, index) => ({
        contestant: name,
        values: { "first byte ms": [ours, proxy, direct][index]! },
      })),
      verdicts: [
        { what: "ms added to the upstream's", value: ours - direct, target: 1, atMost: true },
        { what: "ms added by the plain proxy", value: proxy - direct },
      ],
    };
  },
};

/** Median milliseconds until the first byte of the body. */
async function timeStreams(port: number, request: string, seconds: number): Promise<number> {
  const connection = await Connection.open(port);
  const times: number[] = [];
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    const sentAt = performance.now();
    const answer = await connection.send(request, () => times.push(performance.now() - sentAt));
    if (!answer.body.includes("[DONE]")) throw new Error(`a stream was refused: ${answer.status} ${answer.body}`);
  }
  connection.close();
  return median(times);
}
