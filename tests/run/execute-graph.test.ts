import { describe, expect, it } from "vitest";
import { executeGraph, type Task } from "../../src/run/execute-graph.js";

interface Log {
  ran: string[];
  skipped: Record<string, string | null>;
  most: number;
}

/** Runs tasks given as `{child: parents}`; `outcomes` says what each returns. */
async function execute(
  graph: Record<string, string[]>,
  options: { threads?: number; outcomes?: Record<string, "ok" | "blocks" | "stops">; abortAt?: string } = {},
): Promise<Log> {
  const tasks: Task[] = Object.entries(graph).map(([id, after]) => ({ id, after }));
  const abort = new AbortController();
  const log: Log = { ran: [], skipped: {}, most: 0 };
  const open = new Set<string>();
  await executeGraph({
    tasks,
    threads: options.threads ?? 1,
    signal: abort.signal,
    async run(id) {
      for (const parent of graph[id] ?? [])
        if (parent in graph) expect(log.ran, `${id} after ${parent}`).toContain(parent);
      open.add(id);
      log.most = Math.max(log.most, open.size);
      await new Promise((done) => setTimeout(done, 2));
      open.delete(id);
      log.ran.push(id);
      if (options.abortAt === id) abort.abort();
      return options.outcomes?.[id] ?? "ok";
    },
    skip: (id, cause) => {
      log.skipped[id] = cause;
    },
  });
  return log;
}

describe("executeGraph", () => {
  it("runs in the given order where dependencies allow", async () => {
    const { ran } = await execute({ a: [], b: ["a"], c: [], d: ["b", "c"] });
    expect(ran).toEqual(["a", "b", "c", "d"]);
  });

  it("never runs more at once than there are threads, and uses them", async () => {
    const wide = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`n${i}`, [] as string[]]));
    expect((await execute(wide, { threads: 4 })).most).toBe(4);
    expect((await execute(wide, { threads: 1 })).most).toBe(1);
  });

  it("skips the descendants of what blocks, and nothing else", async () => {
    const log = await execute(
      { a: [], b: ["a"], c: ["b"], d: [], e: ["d", "c"], f: ["d"] },
      { outcomes: { a: "blocks" }, threads: 2 },
    );
    expect(log.skipped).toEqual({ b: "a", c: "a", e: "a" });
    expect(log.ran.sort()).toEqual(["a", "d", "f"]);
  });

  it("starts nothing more after fail-fast, and reports what did not start", async () => {
    const log = await execute({ a: [], b: [], c: ["b"] }, { outcomes: { a: "stops" } });
    expect(log.ran).toEqual(["a"]);
    expect(log.skipped).toEqual({ b: null, c: null });
  });

  it("lets running tasks end after an abort and starts no others", async () => {
    const log = await execute({ a: [], b: [], c: [], d: [] }, { threads: 2, abortAt: "a" });
    expect(log.ran.sort()).toEqual(["a", "b"]);
    expect(log.skipped).toEqual({ c: null, d: null });
  });

  it("ignores dependencies that are not part of the run", async () => {
    expect((await execute({ a: ["elsewhere"], b: ["a"] })).ran).toEqual(["a", "b"]);
  });

  it("does not wait twice for a parent named twice", async () => {
    expect((await execute({ a: [], b: ["a", "a"] })).ran).toEqual(["a", "b"]);
  });

  it("runs a random graph completely and in order", async () => {
    let state = 7;
    const random = (): number => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state / 2 ** 31;
    };
    const graph: Record<string, string[]> = {};
    for (let i = 0; i < 300; i++) {
      graph[`n${i}`] = Object.keys(graph).filter(() => random() < 3 / (i + 1));
    }
    const log = await execute(graph, { threads: 8 });
    expect(log.ran).toHaveLength(300);
    expect(log.skipped).toEqual({});
  });
});
