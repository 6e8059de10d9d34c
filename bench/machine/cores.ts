import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

/** The measured server has a core for itself; whatever loads it shares the other. */
const cores = { server: 0, load: 1 };

/** Without `taskset` (util-linux) or a second core everything runs where the system puts it. */
export const pinned = availableParallelism() > 1 && spawnSync("taskset", ["--version"]).status === 0;

/** What stands before a command so that it runs on its core. */
export function pin(core: keyof typeof cores): string[] {
  return pinned ? ["taskset", "--cpu-list", String(cores[core])] : [];
}

/** Puts this process, the load generator, on its core. */
export function pinSelf(): void {
  if (pinned) spawnSync("taskset", ["--all-tasks", "--pid", "--cpu-list", String(cores.load), String(process.pid)]);
}
