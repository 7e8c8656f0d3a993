// Preloaded into a measured process: at its end it writes down its peak resident memory (KiB).
import { writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

if (isMainThread)
  process.on("exit", () =>
    writeFileSync(process.env.SLA_BENCH_PEAK_FILE, String(process.resourceUsage().maxRSS)),
  );
