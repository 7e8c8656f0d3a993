import { Ledger } from "../state/index.js";
import { type CommandOptions, type Effects, invoke, open } from "./invocation.js";
import type { ShownRows } from "./show.js";

/** What `runs` is told. */
export interface RunsOptions extends CommandOptions {
  limit: number;
}

/** `sla runs`: the latest runs on the target, newest first. */
export async function runs(options: RunsOptions, effects: Effects): Promise<ShownRows> {
  const invocation = await invoke(options, effects, { target: true });
  const { schema } = invocation.project.target;
  const adapter = await open(invocation);
  try {
    const connection = await adapter.acquire();
    try {
      const ledger = new Ledger(adapter, connection, schema);
      const known = await ledger.exists();
      const rows = known ? await ledger.runs(options.limit + 1) : [];
      return {
        title: "runs",
        columns: [
          "started_at",
          "command",
          "status",
          "seconds",
          "nodes",
          "published",
          "started_by",
          "git_commit",
          "run_id",
        ],
        rows: rows.slice(0, options.limit),
        more: rows.length > options.limit,
      };
    } finally {
      await connection.release();
    }
  } finally {
    await adapter.close();
  }
}
