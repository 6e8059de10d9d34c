import { createInnkeeper } from "@innkeeper/server";
import { openHouse } from "../process/house.ts";
import { listen } from "../process/listen.ts";
import type { Flags } from "../process/settings.ts";

/** Runs until SIGTERM or SIGINT; streams under way may end first. */
export async function start(flags: Flags & { json?: boolean }): Promise<void> {
  const { settings, store, ctx } = await openHouse(flags, { exclusive: true });
  const innkeeper = await createInnkeeper({ ...ctx, store });
  const listener = await listen(innkeeper, settings.host, settings.port);
  const { issuer } = settings.config;
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ ready: true, issuer, pid: process.pid, port: listener.port })}\n`
      : `Innkeeper keeps the desk at ${issuer} (listening on ${settings.host}:${listener.port}).\n`,
  );
  await asked();
  await listener.close();
  await innkeeper.close();
  await store.close();
}

function asked(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGTERM", () => resolve());
    process.once("SIGINT", () => resolve());
  });
}
