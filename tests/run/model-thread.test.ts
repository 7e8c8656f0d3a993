import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCommand } from "../../src/commands/index.js";
import { toSlaErrors } from "../../src/errors/index.js";
import { sla } from "../functional/cli.js";
import { shop } from "../functional/shop.js";
import { ENGINES } from "../harness/engines.js";
import { Warehouse } from "../harness/warehouse.js";

const DUCKDB = ENGINES[0]!;

/** A model of one row whose code runs on a thread, unless said otherwise. */
function model(run: string, more = ""): string {
  return `import { defineModel } from "sla";
export default defineModel({ worker: true, columns: { id: "bigint" }, ${more}
${run}
});
`;
}

const BUSY =
  "const until = Date.now() + 1000; while (Date.now() < until) Math.sqrt(until); return [{ id: Date.now() }];";

/** The longest time in ms for which this thread did nothing else while `work` was under way. */
async function longestPause(work: () => Promise<unknown>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 5);
  await work();
  clearInterval(timer);
  return longest;
}

describe("while a model computes for a second", () => {
  const warehouse = (worker: boolean): Warehouse =>
    new Warehouse(DUCKDB, "busy", {
      "models/busy.ts": model(`run() { ${BUSY} },`, worker ? "" : "config: {},").replace(
        "worker: true",
        `worker: ${worker}`,
      ),
      "models/a.sql": "SELECT 1 AS id",
      "models/b.sql": 'SELECT id FROM {{ref "a"}}',
      "models/c.sql": 'SELECT id FROM {{ref "b"}}',
    });

  test("on a thread, this one is free and other nodes are built", async () => {
    const project = warehouse(true);
    let events: Awaited<ReturnType<Warehouse["build"]>>["events"] = [];
    const pause = await longestPause(async () => {
      events = (await project.build()).events;
    });
    const ended = events.flatMap((event) => (event.type === "node_finished" ? [event.node.name] : []));
    expect(ended).toEqual(["a", "b", "c", "busy"]);
    expect(pause).toBeLessThan(900);
  });

  test("on the main thread, all waits", async () => {
    const project = warehouse(false);
    expect(await longestPause(() => project.build())).toBeGreaterThan(990);
  });

  test("several of them compute at the same time", async () => {
    const project = new Warehouse(DUCKDB, "both", {
      "models/one.ts": model(`run() { ${BUSY} },`),
      "models/two.ts": model(`run() { ${BUSY} },`),
    });
    const { results } = await project.build();
    const [one, two] = results.map(({ timing }) => timing[0]!);
    expect(one!.started_at < two!.completed_at && two!.started_at < one!.completed_at).toBe(true);
    const [[first], [second]] = (await project.rows(
      "SELECT id FROM {schema}.one UNION ALL SELECT id FROM {schema}.two",
    )) as [[string], [string]];
    // Each ends a second after it began to compute: one after the other, they would end a second apart.
    expect(Math.abs(Number(first) - Number(second))).toBeLessThan(900);
  });
});

test.each([
  [
    "ends the process",
    "run() { process.exit(3); },",
    /the thread of "m" ended with exit code 3 before all its rows were given/,
    /process\.exit/,
  ],
  [
    "throws where nobody waits",
    'async *run() { setTimeout(() => { throw new Error("late"); }, 5); await new Promise((done) => setTimeout(done, 5000)); yield { id: 1 }; },',
    /"m" threw Error: late/,
    /./,
  ],
  [
    "leaves a rejection alone",
    'async *run() { Promise.reject(new Error("alone")); await new Promise((done) => setTimeout(done, 5000)); yield { id: 1 }; },',
    /"m" threw Error: alone/,
    /./,
  ],
  [
    "cannot write what it does not wait for",
    'run({ exportFile }) { void exportFile("../out.txt", "x"); return [{ id: 1 }]; },',
    /outside target\/exports/,
    /relative path/,
  ],
])("a model that %s fails alone", async (_, run, message, hint) => {
  const warehouse = new Warehouse(DUCKDB, "dead", {
    "models/m.ts": model(run),
    "models/other.sql": "SELECT 1 AS id",
  });
  const { errors, status } = await warehouse.run("build");
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({
    message: expect.stringMatching(message),
    hint: expect.stringMatching(hint),
    location: { path: "models/m.ts" },
    node: "model.shop.m",
  });
  expect(status).toMatchObject({ m: "error", other: "success" });
});

test("a model that runs out of memory fails alone, and the command goes on", async () => {
  const dir = shop({
    "models/m.ts": model(
      "run() { const all = []; while (true) all.push(new Array(10_000).fill(Math.random())); },",
    ),
  });
  const { code, stdout, stderr } = await sla(dir, ["build"], {
    env: { NODE_OPTIONS: "--max-old-space-size=120" },
  });
  expect(stdout + stderr).toMatch(/"m" ran out of memory on its thread[\s\S]*models\/m\.ts/);
  expect(stdout + stderr).toContain("Read with rows(), batches() or table() instead of all()");
  expect(stdout + stderr).toMatch(/orders/);
  expect(code).toBe(1);
});

test("a model that does not listen is ended when the run is given up", async () => {
  const warehouse = new Warehouse(DUCKDB, "abort", { "models/m.ts": model("run() { while (true); },") });
  const interrupt = new AbortController();
  setTimeout(() => interrupt.abort(), 1500);
  const began = performance.now();
  const ran = await runCommand(
    "build",
    { projectDir: warehouse.dir },
    { env: {}, clock: () => new Date(), emit: () => {}, signal: interrupt.signal },
  ).then(
    ({ results }) => results.map(({ code }) => code),
    (error) => toSlaErrors(error).map(({ code }) => code),
  );
  expect(ran).toContain("SLA504");
  expect(performance.now() - began).toBeLessThan(8000);
});

test("a model that listens ends by itself, and may clean up", async () => {
  const warehouse = new Warehouse(DUCKDB, "listen", {
    "models/m.ts": model(`async *run({ signal, exportFile, log }) {
      yield { id: 1 };
      await new Promise((done) => signal.addEventListener("abort", done));
      await exportFile("aborted.txt", "cleaned up");
      throw new Error("given up");
    },`),
  });
  const interrupt = new AbortController();
  setTimeout(() => interrupt.abort(), 1500);
  const { signal } = interrupt;
  await runCommand(
    "build",
    { projectDir: warehouse.dir },
    { env: {}, clock: () => new Date(), emit: () => {}, signal },
  ).catch(() => {});
  expect(readFileSync(join(warehouse.dir, "target/exports/aborted.txt"), "utf8")).toBe("cleaned up");
});

test("files, charts and lines for the user leave the thread", async () => {
  const warehouse = new Warehouse(DUCKDB, "effects", {
    "models/m.ts": model(`async run({ exportFile, exportCsv, log, config, vars, target }) {
      log("at work on " + target.type + " with " + JSON.stringify(vars) + config.materialized);
      await exportFile("bytes.bin", new Uint8Array([1, 2, 3]));
      await exportCsv("some", (function* () { yield { id: 1, name: "x" }; })());
      return [{ id: 1 }];
    },`),
  });
  const { events } = await warehouse.build({ vars: '{"a": 1}' } as never);
  const said = events.flatMap((event) => (event.type === "node_message" ? [event.message] : []));
  expect(said.join()).toMatch(/at work on duckdb with \{.*\}table/);
  const file = (name: string) => join(warehouse.dir, "target/exports", name);
  expect([...readFileSync(file("bytes.bin"))]).toEqual([1, 2, 3]);
  expect(readFileSync(file("some.csv"), "utf8")).toBe("id,name\r\n1,x\r\n");
  expect(existsSync(file("../../bytes.bin"))).toBe(false);
});

describe.each(ENGINES)("on $name", (engine) => {
  test("a reading that is left early and one that is never begun leave nothing behind", async () => {
    const warehouse = new Warehouse(engine, "early", {
      "models/many.ts": `import { defineModel } from "sla";
export default defineModel({ columns: { id: "bigint", note: "varchar(100)" }, *run() { for (let id = 0; id < 50_000; id++) yield { id, note: "x".repeat(90) }; } });
`,
      "models/m.ts": model(
        `async *run({ ref }) {
          const many = ref<{ id: number }>("many");
          many.rows();
          for await (const { id } of many.rows(["id"])) { yield { id: 1 }; break; }
          const first = many.batches()[Symbol.asyncIterator]();
          await first.next();
          let count = 0;
          for await (const _ of many.query().select("id").stream()) count += 1;
          yield { id: count };
        },`,
        'refs: ["many"],',
      ),
    });
    await warehouse.build();
    expect(await warehouse.rows("SELECT id FROM {schema}.m ORDER BY id")).toEqual([["1"], ["50000"]]);
    if (engine.type === "mysql") {
      const left = await warehouse.raw(
        `SELECT id FROM information_schema.processlist WHERE info LIKE '%\`${warehouse.schema}\`.\`many%' AND id <> CONNECTION_ID()`,
      );
      expect(left).toEqual([]);
    }
  });
});
