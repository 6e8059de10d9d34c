import { createInnkeeper, type Innkeeper } from "@innkeeper/server";
import { openHouse } from "../process/house.ts";
import { listen } from "../process/listen.ts";
import type { Flags, Settings } from "../process/settings.ts";

/** Runs until SIGTERM or SIGINT; streams under way may end first. */
export async function start(flags: Flags & { json?: boolean }): Promise<void> {
  const { settings, store, ctx } = await openHouse(flags, { exclusive: true });
  try {
    const innkeeper = await createInnkeeper({ ...ctx, store });
    try {
      await serve(innkeeper, settings, flags.json);
    } finally {
      await innkeeper.close();
    }
  } finally {
    await store.close();
  }
}

async function serve(innkeeper: Innkeeper, { host, port, config }: Settings, json: boolean | undefined): Promise<void> {
  const listener = await listen(innkeeper, host, port);
  const { issuer } = config;
  process.stdout.write(
    json
      ? `${JSON.stringify({ ready: true, issuer, pid: process.pid, port: listener.port })}\n`
      : `Innkeeper keeps the desk at ${issuer} (listening on ${host}:${listener.port}).\n`,
  );
  await asked();
  await listener.close();
}

function asked(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGTERM", () => resolve());
    process.once("SIGINT", () => resolve());
  });
}
