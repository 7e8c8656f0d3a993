import { describe, expect, it } from "vitest";
import type { ModelNode, SeedNode } from "../../src/manifest/index.js";
import { modelDefinition, seederDefinition } from "../../src/project/index.js";
import { compilerFor, errorsOf, parseProject, summaries } from "../harness/project.js";

const SEEDER = `
import { defineSeeder } from "sla";
import { rows } from "./helpers/rows.js";

export default defineSeeder({
  description: "Made-up orders",
  tables: {
    orders: {
      description: "One row an order",
      columns: { id: "bigint", city: { type: "varchar(20)", description: "Where to", nullable: false }, note: "text" },
      primary_key: "id",
      indexes: [{ columns: ["city"] }],
    },
    lines: { columns: { order_id: "bigint", amount: "decimal(10,2)" } },
  },
  async *run({ vars }) {
    yield { table: "orders", rows: rows(Number(vars.orders)) };
  },
});
`;

const ROWS = `
export function rows(count: number): [number, string, null][] {
  return Array.from({ length: count }, (_, at) => [at + 1, "Rome", null]);
}
`;

describe("a seeder", () => {
  const files = {
    "project.yml": "name: shop\nvars: {orders: 2}\nseeds: {schema: raw}\n",
    "seeds/factory.ts": SEEDER,
    "seeds/helpers/rows.ts": ROWS,
  };

  it("is one seed, and each of its tables a source behind it", async () => {
    const { manifest } = await parseProject({
      ...files,
      "models/o.sql": 'select * from {{source "factory" "orders"}}',
    });
    const seed = manifest.nodes["seed.shop.factory"] as SeedNode;
    expect(seed).toMatchObject({ language: "typescript", schema: "sla_raw", description: "Made-up orders" });
    expect(seed.tables[0]).toEqual({
      name: "orders",
      schema: "sla_raw",
      alias: "orders",
      columns: [
        { name: "id", type: { kind: "bigint", unsigned: false }, nullable: false, description: "" },
        { name: "city", type: { kind: "varchar", length: 20 }, nullable: false, description: "Where to" },
        { name: "note", type: { kind: "text" }, nullable: true, description: "" },
      ],
      primary_key: ["id"],
      indexes: [{ columns: ["city"] }],
    });
    expect(manifest.sources["source.shop.factory.orders"]).toMatchObject({
      schema: "sla_raw",
      identifier: "orders",
      description: "One row an order",
      source_description: "Made-up orders",
      depends_on: { nodes: ["seed.shop.factory"] },
    });
    expect(manifest.parent_map["model.shop.o"]).toEqual(["source.shop.factory.orders"]);
  });

  it("is described and tested by a source of its name", async () => {
    const { manifest } = await parseProject({
      ...files,
      "models/sources.yml":
        "sources:\n  - name: factory\n    description: The factory\n    tables:\n      - name: lines\n        description: Lines of orders\n        columns:\n          - {name: amount, description: In euros, tests: [not_null]}\n",
    });
    expect(manifest.sources["source.shop.factory.lines"]).toMatchObject({
      description: "Lines of orders",
      source_description: "The factory",
      patch_path: "models/sources.yml",
      columns: {
        order_id: { data_type: "bigint" },
        amount: { description: "In euros", data_type: "decimal(10,2)" },
      },
    });
    const test = Object.values(manifest.nodes).find((node) => node.resource_type === "test");
    expect(test).toMatchObject({
      name: "source_not_null_factory_lines_amount",
      depends_on: { nodes: ["source.shop.factory.lines"] },
    });
  });

  it("yields its rows to whoever runs it", async () => {
    const { project, manifest } = await parseProject(files);
    const definition = await seederDefinition(project, manifest.nodes["seed.shop.factory"] as SeedNode);
    const batches = [];
    const context = {
      vars: project.vars,
      projectDir: project.dir,
      packageDir: project.dir,
      log: () => {},
      signal: new AbortController().signal,
    };
    for await (const batch of definition.run(context)) batches.push(batch);
    expect(batches).toEqual([
      {
        table: "orders",
        rows: [
          [1, "Rome", null],
          [2, "Rome", null],
        ],
      },
    ]);
  });

  it("decides its own schema and tables", async () => {
    const errors = await errorsOf({
      ...files,
      "models/sources.yml":
        "sources:\n  - name: factory\n    schema: elsewhere\n    tables:\n      - name: line\n      - name: orders\n        columns: [{name: town}]\n",
    });
    expect(summaries(errors)).toEqual([
      {
        code: "SLA104",
        message: 'source "factory" is filled by a seeder, which decides its schema',
        hint: "Remove the line, or set the schema of the seeder under seeds in project.yml.",
        at: "models/sources.yml:3:5",
      },
      {
        code: "SLA104",
        message: 'seeder "factory" has no table "line"',
        hint: 'Did you mean "lines"?',
        at: "models/sources.yml:5:9",
      },
      {
        code: "SLA104",
        message: 'table "orders" of seeder "factory" has no column "town"',
        at: "models/sources.yml:7:20",
      },
    ]);
  });

  it("is no relation of its own", async () => {
    const errors = await errorsOf({ ...files, "models/a.sql": 'select * from {{ref "factory"}}' });
    expect(summaries(errors)).toEqual([
      {
        code: "SLA203",
        message: '"a" reads ref "factory", which is a seeder of several tables',
        hint: 'Read one of its tables: {{source "factory" "orders"}}, {{source "factory" "lines"}}.',
        at: "models/a.sql:1:15",
      },
    ]);
  });
});

describe("a TypeScript model", () => {
  const MODEL = `
import { defineModel } from "sla";
interface Order { id: number }
export default defineModel({
  description: "Scores",
  refs: ["orders"],
  sources: ["crm.people"],
  columns: { id: { type: "bigint", description: "Key", tests: ["unique"] }, score: "double" },
  config: { tags: ["ml"], primary_key: ["id"] },
  async run({ ref }) {
    const rows: Order[] = await ref<Order>("orders").all();
    return rows.map(({ id }) => ({ id, score: id / 2 }));
  },
});
`;
  const files = {
    "models/orders.sql": "select 1 as id",
    "models/crm.yml": "sources: [{name: crm, tables: [{name: people}]}]",
    "models/marts/scores.ts": MODEL,
  };

  it("is a node like any other", async () => {
    const { manifest } = await parseProject(files);
    const node = manifest.nodes["model.shop.scores"] as ModelNode;
    expect(node).toMatchObject({
      language: "typescript",
      fqn: ["shop", "marts", "scores"],
      description: "Scores",
      tags: ["ml"],
      config: { materialized: "table", primary_key: ["id"] },
      depends_on: { nodes: ["model.shop.orders", "source.shop.crm.people"] },
      columns: { id: { description: "Key", data_type: "bigint" }, score: { data_type: "double" } },
    });
    expect(manifest.child_map["model.shop.scores"]).toEqual([
      expect.stringMatching(/^test\.shop\.unique_scores_id\./),
    ]);
  });

  it("runs with what it is given", async () => {
    const { project, manifest } = await parseProject(files);
    const definition = await modelDefinition(project, manifest.nodes["model.shop.scores"] as ModelNode);
    const ref = (name: string) => ({ name, all: async () => [{ id: 4 }] });
    expect(await definition.run({ ref } as never)).toEqual([{ id: 4, score: 2 }]);
  });

  it("may stand among others in one file, under the name of its export", async () => {
    const { manifest } = await parseProject({
      "models/many.ts": `import { defineModel } from "sla";
export const first = defineModel({ columns: { a: "int" }, run: () => [] });
export const second = defineModel({ name: "other", columns: { a: "int" }, run: () => [] });
export const notAModel = { run: () => [] };`,
    });
    expect(Object.keys(manifest.nodes)).toEqual(["model.shop.first", "model.shop.other"]);
  });

  it.each<[string, Record<string, string>, object[]]>([
    [
      "does not parse",
      { "models/a.ts": 'import { defineModel } from "sla";\nexport default defineModel({ run( => [] });\n' },
      [
        {
          code: "SLA107",
          message: expect.stringContaining("models/a.ts cannot be loaded"),
          at: expect.stringMatching(/^models\/a\.ts:2:\d+$/),
        },
      ],
    ],
    [
      "throws when it is loaded",
      {
        "models/a.ts":
          'import { defineModel } from "sla";\nif (true) throw new Error("no key");\nexport default defineModel({ run: () => [] });\n',
      },
      [
        {
          code: "SLA107",
          message: "models/a.ts cannot be loaded: no key",
          at: expect.stringMatching(/^models\/a\.ts:2:\d+$/),
        },
      ],
    ],
    [
      "imports what is not installed",
      {
        "models/a.ts":
          'import { defineModel } from "sla";\nimport x from "@no-such/package/file";\nexport default defineModel({ run: () => [x] });\n',
      },
      [
        {
          code: "SLA107",
          message: expect.stringContaining("Cannot find"),
          hint: "Install it where the project is: npm install @no-such/package",
          at: expect.stringMatching(/^models\/a\.ts/),
        },
      ],
    ],
    [
      "has no function to run",
      {
        "models/a.ts":
          'import { defineModel } from "sla";\nexport default defineModel({ refs: [] } as never);\n',
      },
      [{ code: "SLA107", message: 'model "a" has no function run', at: "models/a.ts" }],
    ],
    [
      "declares a type that is none",
      {
        "models/a.ts":
          'import { defineModel } from "sla";\nexport default defineModel({ columns: { id: "number of things" }, run: () => [] });\n',
      },
      [
        {
          code: "SLA104",
          message:
            'column "id" of "a": expected a type of MySQL, such as bigint or varchar(100), found "number of things"',
          at: "models/a.ts",
        },
      ],
    ],
    [
      "has an unknown config key",
      {
        "models/a.ts":
          'import { defineModel } from "sla";\nexport default defineModel({ config: { tag: "x" }, run: () => [] });\n',
      },
      [
        {
          code: "SLA103",
          message: 'unknown key "tag" in config',
          hint: 'Did you mean "tags"?',
          at: "models/a.ts",
        },
      ],
    ],
    [
      "reads what does not exist",
      {
        "models/a.ts":
          'import { defineModel } from "sla";\nexport default defineModel({ refs: ["b"], run: () => [] });\n',
      },
      [
        {
          code: "SLA203",
          message: '"a" reads ref "b", which does not exist',
          hint: "Is the file in a folder of models or seeds?",
          at: "models/a.ts",
        },
      ],
    ],
  ])("that %s is refused", async (_what, files, errors) => {
    expect(summaries(await errorsOf(files))).toEqual(errors);
  });
});

describe("a TypeScript file that defines nothing where it stands", () => {
  it.each<[string, Record<string, string>, object[]]>([
    [
      "because it does not export it",
      {
        "models/a.ts": 'import { defineModel } from "sla";\nconst model = defineModel({ run: () => [] });\n',
      },
      [
        {
          code: "SLA107",
          message: "models/a.ts exports no model",
          hint: "Export what defineModel returns: export default ….",
          at: "models/a.ts",
        },
      ],
    ],
    [
      "because it is of another kind",
      {
        "models/a.ts":
          'import { defineSeeder } from "sla";\nexport default defineSeeder({ tables: {}, run: () => [] });\n',
      },
      [
        {
          code: "SLA107",
          message: "models/a.ts defines a seeder, but stands in models/",
          hint: "Move it to the folder of seeds.",
          at: "models/a.ts",
        },
      ],
    ],
    [
      "is none to worry about when it is a module of others",
      { "models/a.ts": "throw new Error('not loaded');\n" },
      [],
    ],
  ])("%s", async (_what, files, warnings) => {
    expect(summaries((await parseProject(files)).warnings)).toEqual(warnings);
  });

  it("may declare no table without columns", async () => {
    const seeder =
      'import { defineSeeder } from "sla";\nexport default defineSeeder({ tables: { x: { columns: {} } }, run: () => [] });\n';
    expect(summaries(await errorsOf({ "seeds/s.ts": seeder }))).toEqual([
      { code: "SLA107", message: 'seeder "s" declares no columns for its table "x"', at: "seeds/s.ts" },
    ]);
  });
});

describe("a TypeScript macro", () => {
  const MACRO = `
import { defineMacro } from "sla";
export const in_list = defineMacro({
  description: "A condition",
  arguments: { column: { type: "string" }, values: { type: "list" }, negate: { type: "boolean", default: false } },
  run: ({ column, values, negate }, { literal }) =>
    \`\${column} \${negate ? "NOT IN" : "IN"} (\${values.map(literal).join(", ")})\`,
});
export const bad = defineMacro({ run: () => { throw new Error("no luck"); } });
`;

  it("is called like one of SQL", async () => {
    const parsed = await parseProject({
      "project.yml": 'name: shop\nvars: {open: [new, "o\'pen"]}\n',
      "macros/conditions.ts": MACRO,
      "models/a.sql":
        'select 1 where {{in_list "status" (var "open")}} and {{in_list "x" negate=true values=(list 1 2)}}',
    });
    const { code } = compilerFor(parsed).compile(parsed.manifest.nodes["model.shop.a"] as ModelNode);
    expect(code).toBe("select 1 where status IN ('new', 'o''pen') and x NOT IN (1, 2)");
    expect(parsed.manifest.nodes["model.shop.a"]!.depends_on.macros).toEqual(["macro.shop.in_list"]);
  });

  it("that throws is an error at the call", async () => {
    const parsed = await parseProject({ "macros/conditions.ts": MACRO, "models/a.sql": "select\n  {{bad}}" });
    const compile = () => compilerFor(parsed).compile(parsed.manifest.nodes["model.shop.a"] as ModelNode);
    expect(compile).toThrowError(
      expect.objectContaining({
        code: "SLA206",
        message: "the macro bad threw Error: no luck",
        location: { path: "models/a.sql", line: 2, column: 3 },
      }),
    );
  });
});
