/** Preloaded into every measured process: tells what it used, and lets it end with the bench. */
export interface Gauge {
  /** User and system time of all threads since the start. */
  cpuMicros: number;
  residentBytes: number;
}

process.on("message", () => {
  // Where the collector may be asked (`--expose-gc`), only what is still needed counts.
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const gauge: Gauge = { cpuMicros: user + system, residentBytes: process.memoryUsage.rss() };
  process.send!(gauge);
});
process.on("disconnect", () => process.exit());
process.channel?.unref();
