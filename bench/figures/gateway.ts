import { Connection } from "../load/connection.ts";
import { authorize, redeem } from "../load/identity-provider.ts";
import { bearer, postJson } from "../load/messages.ts";
import type { Load } from "../load/round.ts";
import type { Program } from "../machine/program.ts";
import type { Stage } from "../servers/stage.ts";
import type { Figure } from "./figure.ts";
import { type Contestant, compare, compareRates } from "./rates.ts";

const connections = 16;
const path = "/v1/chat/completions";
const messages = [
  { role: "system", content: "You tell short stories." },
  { role: "user", content: "Tell one of an inn." },
];

/** The same request goes to us, to the proxy and to the upstream itself. */
export function chatRequest(token: string, { model = "quick", stream = false } = {}): string {
  return postJson(path, { model, messages, max_tokens: 64, stream }, bearer(token));
}

/** An app's token: its calls take from the cap the user gave the app, and from the wallet. */
export async function appToken(stage: Stage): Promise<string> {
  const idp = await stage.innkeeper();
  const connection = await Connection.open(idp.program.port);
  const { access_token } = await redeem(idp, connection, await authorize(idp, connection, "gateway:access"));
  connection.close();
  return access_token;
}

export const gateway: Figure = {
  name: "gateway",
  title: "Gateway JSON call, hold and settle committed before the answer",
  async measure(stage, effort) {
    const request = chatRequest(await appToken(stage));
    const contestant = (name: string, program: Program): Contestant => ({
      name,
      prepare: async () => ({ program, connections, operation: calls(name, request) }),
    });
    const contestants = [
      contestant("innkeeper", (await stage.innkeeper()).program),
      contestant("plain proxy", await stage.proxy()),
    ];
    const rows = await compareRates(contestants, effort);
    return { rows, verdicts: compare(rows, "the plain proxy", 0.35) };
  },
};

function calls(name: string, request: string): Load["operation"] {
  return () => async (connection) => {
    const { status, body } = await connection.send(request);
    if (status !== 200 || !body.includes('"usage"')) throw new Error(`${name} refused: ${status} ${body}`);
    return true;
  };
}
