import { describe, expect, it } from "vitest";
import type { Adapter, Connection } from "../../src/adapters/index.js";
import { NOTHING, type Publication } from "../../src/materializations/index.js";
import type { Project } from "../../src/project/index.js";
import { openRunSession } from "../../src/run/run-session.js";
import { ENGINES, type Engine, openEngine, schemaName } from "../harness/engines.js";

const COLUMNS = [
  { name: "id", type: { kind: "bigint" as const, unsigned: false }, nullable: false, description: "" },
  { name: "edition", type: { kind: "bigint" as const, unsigned: false }, nullable: false, description: "" },
];

/** An adapter whose sessions all end before the `calls`-th change that the publish makes: as when its process dies. */
function dying(adapter: Adapter, calls: number): { adapter: Adapter; arm(): void; made(): number } {
  let left = Number.POSITIVE_INFINITY;
  let made = 0;
  const count = <T>(work: () => Promise<T>): Promise<T> => {
    if (left <= 0) return Promise.reject(new Error("dead"));
    left -= 1;
    made += 1;
    return work();
  };
  const wrap = (connection: Connection): Connection => ({
    execute: (sql) => count(() => connection.execute(sql)),
    run: (script) => count(() => connection.run(script)),
    query: (sql, parameters) => connection.query(sql, parameters),
    stream: (sql) => connection.stream(sql),
    describe: (sql) => connection.describe(sql),
    load: (relation, columns) => connection.load(relation, columns),
    interrupt: () => connection.interrupt(),
    release: () => connection.release(),
  });
  return {
    adapter: { ...adapter, acquire: async () => wrap(await adapter.acquire()) },
    arm: () => {
      left = calls;
      made = 0;
    },
    made: () => made,
  };
}

describe.each(ENGINES)("a process that dies while it publishes, on $name", (engine: Engine) => {
  it("leaves old or new tables after each step, and what the next run completes", {
    timeout: 300_000,
  }, async () => {
    let total = Number.POSITIVE_INFINITY;
    for (let calls = 0; calls <= total; calls++) {
      const seen = await die(engine, calls);
      if (seen.finished) total = calls;
      expect(seen.finished || calls < 60).toBe(true);
      // What readers see of the two tables is of one edition, dead or alive.
      expect(new Set(seen.afterDeath).size, `after ${calls} calls`).toBe(1);
      const edition = seen.journalled ? 2 : seen.afterDeath[0];
      expect(seen.atTheEnd, `after ${calls} calls`).toEqual({
        tables: [edition, edition],
        view: edition === 2 ? 2 : null,
        applied: edition === 2 ? [1, 2] : [1],
        left: [],
        triggers: engine.type === "duckdb" ? [] : ["audit"],
        keys: engine.type === "duckdb" ? [] : ["to_a", "within"],
        journals: 0,
      });
    }
    // One journal entry, the transaction, the rename, the view, triggers and keys, cleanup, the end of the journal.
    expect(total).toBeGreaterThan(engine.type === "duckdb" ? 0 : 12);
  });
});

let made = 0;

async function die(engine: Engine, calls: number) {
  const schema = schemaName(`die${++made}_${engine.name}`);
  const marts = `${schema}_marts`;
  const real = await openEngine(engine, schema);
  const { dialect } = real;
  const setup = await real.acquire();
  const project = {
    name: "shop",
    dir: "/",
    target: { name: "it", type: engine.type, schema, threads: 1 },
  } as unknown as Project;
  const identity = (runId: string) => ({
    runId,
    command: "build",
    selection: { select: [], exclude: [] },
    slaVersion: "0",
  });
  const options = { lockTimeout: 5, clock: () => new Date("2026-07-01T00:00:00Z"), notice: () => {} };
  const server = engine.type === "mysql";

  const a = { schema, identifier: "a" };
  const b = { schema: marts, identifier: "b" };
  const facts = { schema, identifier: "facts" };
  const shadow = ({ schema: of, identifier }: typeof a) => ({
    schema: of,
    identifier: `${identifier}__sla_new`,
  });
  const create = async (relation: typeof a, edition: number, rows = 1) => {
    const table = { relation, columns: COLUMNS, primaryKey: ["id"], indexes: [], description: "" };
    for (const sql of dialect.createTable(table)) await setup.execute(sql);
    for (let id = 1; id <= rows; id++)
      await setup.execute(`INSERT INTO ${dialect.relation(relation)} VALUES (${id}, ${edition})`);
  };
  const first = await openRunSession(real, project, identity("setup"), [schema, marts], options);
  await create(a, 1);
  await create(b, 1);
  await create(facts, 1);
  if (server) {
    const name = (relation: typeof a) => dialect.relation(relation);
    await setup.execute(`CREATE TABLE \`${schema}\`.others (a_id bigint)`);
    await setup.execute(
      `ALTER TABLE \`${schema}\`.others ADD CONSTRAINT to_a FOREIGN KEY (a_id) REFERENCES ${name(a)} (id)`,
    );
    await setup.execute(
      `ALTER TABLE ${name(b)} ADD CONSTRAINT within FOREIGN KEY (id) REFERENCES ${name(a)} (id) ON DELETE CASCADE`,
    );
    await setup.execute(
      `CREATE TRIGGER \`${schema}\`.audit BEFORE INSERT ON ${name(a)} FOR EACH ROW SET NEW.edition = NEW.edition`,
    );
  }
  await first.end("success", [], options.clock());

  const mortal = dying(real, calls);
  const session = await openRunSession(mortal.adapter, project, identity("dies"), [schema, marts], options);
  await create(shadow(a), 2);
  await create(shadow(b), 2);
  const table = (relation: typeof a): Publication => ({
    ...NOTHING,
    swaps: [
      { live: relation, shadow: shadow(relation), existing: { ...relation, type: "table" }, type: "table" },
    ],
  });
  const publications: Publication[] = [
    { ...NOTHING, apply: [`INSERT INTO ${dialect.relation(facts)} VALUES (2, 2)`] },
    table(a),
    table(b),
    {
      ...NOTHING,
      views: [
        {
          relation: { schema, identifier: "v" },
          select: `SELECT a.edition FROM ${dialect.relation(a)} AS a JOIN ${dialect.relation(b)} AS b ON b.id = a.id`,
          existing: null,
        },
      ],
    },
  ];
  mortal.arm();
  const finished = await session.publish(publications).then(
    () => true,
    () => false,
  );
  await session.abandon();
  const numbers = async (sql: string, column = "edition") =>
    (await setup.query(sql)).map((row) => Number(row[column]));
  const tables = async () => [
    ...(await numbers(`SELECT edition FROM ${dialect.relation(a)}`)),
    ...(await numbers(`SELECT edition FROM ${dialect.relation(b)}`)),
  ];
  const journals = `SELECT COUNT(*) AS n FROM ${dialect.relation({ schema, identifier: "_sla_runs" })} WHERE journal IS NOT NULL`;
  const afterDeath = await tables();
  const journalled = (await numbers(journals, "n"))[0]! > 0;

  const next = await openRunSession(real, project, identity("next"), [schema, marts], options);
  await next.end("success", [], options.clock());
  const relations = await real.introspector.relations([schema, marts]);
  const surroundings = await real.introspector.surroundings([a, b]);
  const atTheEnd = {
    tables: await tables(),
    view: relations.some(({ identifier }) => identifier === "v")
      ? ((await numbers(`SELECT edition FROM ${dialect.relation({ schema, identifier: "v" })}`))[0] ?? null)
      : null,
    applied: await numbers(`SELECT id FROM ${dialect.relation(facts)} ORDER BY id`, "id"),
    left: relations.map(({ identifier }) => identifier).filter((name) => name.includes("__sla")),
    triggers: surroundings.triggers.map(({ name }) => name),
    keys: surroundings.foreignKeys.map(({ name }) => name).sort(),
    journals: (await numbers(journals, "n"))[0],
  };
  await setup.release();
  await real.close();
  return { finished, afterDeath, journalled, atTheEnd };
}
