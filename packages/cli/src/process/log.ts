import type { Log } from "@innkeeper/server";
import { destination, pino } from "pino";

/** JSON lines on the error stream, so that what a command answers stays alone on its own stream. */
export function processLog(level: string = process.env.INNKEEPER_LOG_LEVEL ?? "info"): Log {
  return pino(
    { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ dest: 2, sync: true }),
  );
}
