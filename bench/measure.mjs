import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const peakMemory = pathToFileURL(join(here, "peak-memory.mjs")).href;

/** The command as users run it. */
export const sla = join(dirname(here), "bin", "sla.js");

/**
 * Runs a Node script to its end and measures the whole process, start-up included: seconds and peak memory (MiB).
 * Fails loudly, with what the process printed, when it does not end well.
 */
export async function measureProcess(script, args = [], { env = {}, cwd } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "sla-bench-"));
  const peakFile = join(folder, "peak");
  try {
    const began = performance.now();
    const child = spawn(process.execPath, ["--import", peakMemory, script, ...args], {
      cwd,
      env: { ...process.env, NO_COLOR: "1", ...env, SLA_BENCH_PEAK_FILE: peakFile },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let stdout = "";
    child.stdout.on("data", (data) => {
      output += data;
      stdout += data;
    });
    child.stderr.on("data", (data) => (output += data));
    const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
    const elapsed = (performance.now() - began) / 1000;
    if (code !== 0)
      throw new Error(`${[script, ...args].join(" ")} ended with ${code}:\n${output.slice(-4000)}`);
    return { seconds: elapsed, peakMiB: Number(readFileSync(peakFile, "utf8")) / 1024, stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder that is gone when `use` is done. */
export async function withFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), "sla-bench-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
