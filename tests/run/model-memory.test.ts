import { describe, expect, test } from "vitest";
import { sla } from "../functional/cli.js";
import { shop } from "../functional/shop.js";
import { ENGINES, engineEnvironment, openEngine, schemaName } from "../harness/engines.js";

const ROWS = 400_000;
/** MB of heap for each thread: the rows of a model, were they held, would take more than 100. */
const HEAP = 88;

const model = (name: string, worker: boolean, run: string): Record<string, string> => ({
  [`models/${name}.ts`]: `import { defineModel } from "sla";
export default defineModel({ worker: ${worker}, ${name === "made" ? "" : 'refs: ["made"], '}columns: { id: "bigint", note: "varchar(250)" }, ${run} });
`,
});
const PASS = 'async *run({ ref }) { yield* ref("made").rows(); }';

describe.each(ENGINES)("on $name", (engine) => {
  test("models pass on more rows than fit into memory, on a thread or not", {
    timeout: 480_000,
  }, async () => {
    const schema = schemaName(`heap_${engine.name}`);
    const dir = shop({
      ...model(
        "made",
        false,
        `*run() { for (let id = 0; id < ${ROWS}; id++) yield { id, note: id + "x".repeat(220) }; }`,
      ),
      ...model("passed_here", false, PASS),
      ...model("passed_on_thread", true, PASS),
    });
    const target = engine.type === "duckdb" ? [] : ["--target", "mysql"];
    const args = ["run", "--threads", "1", "--select", "made+", ...target];
    const env = { ...engineEnvironment(engine, schema), NODE_OPTIONS: `--max-old-space-size=${HEAP}` };
    const { code, stdout, stderr } = await sla(dir, args, { env });
    expect(stdout + stderr).toMatch(/Done\. PASS=3 WARN=0 ERROR=0/);
    expect(code).toBe(0);
    if (engine.type === "duckdb") return;
    const adapter = await openEngine(engine, schema);
    const connection = await adapter.acquire();
    const count = (name: string) =>
      connection.query(`SELECT COUNT(*) AS n, SUM(id) AS s FROM \`${schema}\`.\`${name}\``);
    expect(await count("passed_on_thread")).toEqual(await count("made"));
    await connection.release();
  });
});

test("a model that holds them all does run out", { timeout: 240_000 }, async () => {
  const dir = shop({
    ...model(
      "made",
      false,
      `*run() { for (let id = 0; id < ${ROWS}; id++) yield { id, note: id + "x".repeat(220) }; }`,
    ),
    ...model("held", true, 'async run({ ref }) { return (await ref("made").all()) as never; }'),
  });
  const env = { NODE_OPTIONS: `--max-old-space-size=${HEAP}` };
  const { code, stdout, stderr } = await sla(dir, ["run", "--select", "made+"], { env });
  expect(stdout + stderr).toMatch(/"held" ran out of memory on its thread/);
  expect(code).toBe(1);
});
