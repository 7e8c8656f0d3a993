import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const common = {
  // Processes, not threads: DuckDB's native library and crashes of it stay apart.
  pool: "forks",
  testTimeout: 60_000,
  hookTimeout: 120_000,
  retry: 0,
} as const;

export default defineConfig({
  resolve: { alias: { sla: fileURLToPath(new URL("src/index.ts", import.meta.url)) } },
  test: {
    maxWorkers: 2,
    projects: [
      // The architecture check needs no engine, so it does not wait for one.
      { extends: true, test: { ...common, name: "architecture", include: ["tests/architecture.test.ts"] } },
      {
        extends: true,
        test: {
          ...common,
          name: "sla",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/architecture.test.ts"],
          globalSetup: ["tests/harness/global-setup.ts"],
        },
      },
    ],
  },
});
