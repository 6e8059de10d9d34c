import type { Issued, Tokens } from "../../src/tokens/index.ts";

/** Many callers with the same things in their hands. */
export interface Storm {
  clientId: string;
  /** Codes to redeem, or refresh tokens to use. */
  what: "code" | "refresh_token";
  texts: string[];
  /** How often each of them is used, all at once. */
  callers: number;
}

/** What each caller was answered; for each text in the order of `texts`. */
export type Aftermath = { won: { accessToken: string; refreshToken: string }[]; lost: string[] }[];

export async function storm(tokens: Tokens, { clientId, what, texts, callers }: Storm): Promise<Aftermath> {
  const client = await tokens.clients.read(clientId);
  const use = async (text: string) => {
    if (what === "code") return tokens.redeemCode(tokens.openCode(text)!, client!.app);
    return tokens.refresh(tokens.openRefreshToken(text)!, client!.app, undefined);
  };
  return Promise.all(
    texts.map(async (text) => {
      const results = await Promise.all(Array.from({ length: callers }, () => use(text)));
      return {
        won: results.flatMap((result) => (result.ok ? toWinner(result.issued) : [])),
        lost: results.flatMap((result) => (result.ok ? [] : result.why)),
      };
    }),
  );
}

function toWinner({ accessToken, refreshToken = "" }: Issued): Aftermath[number]["won"][number] {
  return { accessToken, refreshToken };
}
