import { describe, expect, it } from "vitest";
import { duckdbDialect, mysqlDialect } from "../../src/adapters/index.js";
import type { ExistingRelation, NodeConfig, Relation } from "../../src/manifest/index.js";
import {
  type BuildSteps,
  MATERIALIZATIONS,
  rows,
  type SelectInput,
  type Step,
} from "../../src/materializations/index.js";

const orders: Relation = { schema: "shop", identifier: "orders" };

function input(existing: ExistingRelation[] = [], dialect = mysqlDialect): SelectInput {
  return {
    dialect,
    relation: orders,
    config: { primary_key: ["id"], indexes: [{ columns: ["city"] }] } as unknown as NodeConfig,
    description: "All orders",
    existing: ({ identifier }) => existing.find((relation) => relation.identifier === identifier) ?? null,
    select: "SELECT 1 AS `id`, 'x' AS `city`",
    liveSelect: "SELECT live",
    standing: null,
    batches: null,
    written: { predicates: [], partitions: [], validToCurrent: null },
    now: "2026-07-01 00:00:00.000",
    columns: [
      { name: "id", type: { kind: "bigint", unsigned: false }, nullable: false, description: "Key" },
      { name: "city", type: { kind: "varchar", length: 20 }, nullable: true, description: "" },
    ],
  };
}

const found = (identifier: string, type: "table" | "view"): ExistingRelation => ({
  schema: "shop",
  identifier,
  type,
});

/** What is done for a build in a line each, then what will be done when it is published. */
function brief({ steps, publication }: BuildSteps): string[] {
  return [
    ...steps.map((step) =>
      step.kind === "execute"
        ? step.sql.split("\n")[0]!
        : step.kind === "refuse"
          ? `refuse ${step.problem}`
          : step.kind === "call"
            ? `call, which fills ${step.written.map(({ identifier }) => identifier).join(", ")}`
            : `load ${step.tables.map(({ table }) => table.relation.identifier).join(", ")}`,
    ),
    ...publication.swaps.map(
      ({ shadow, live, existing }) =>
        `publish ${shadow.identifier} as ${live.identifier} over ${existing?.type ?? "nothing"}`,
    ),
    ...publication.views.map(
      ({ relation, select, existing }) =>
        `publish view ${relation.identifier} of ${select} over ${existing?.type ?? "nothing"}`,
    ),
    ...publication.standIns.map(({ live, now }) => `read ${now.identifier} for ${live.identifier}`),
    ...publication.scaffold.map(({ identifier, type }) => `drop ${type} ${identifier}`),
  ];
}

describe("table", () => {
  const build = MATERIALIZATIONS.table!.build!;

  it("is created typed and keyed beside the live one, filled, then published", () => {
    const built = build(input([found("orders", "table")]));
    expect(brief(built)).toEqual([
      "CREATE TABLE `shop`.`orders__sla_new` (",
      "INSERT INTO `shop`.`orders__sla_new` (`id`, `city`)",
      "ANALYZE NO_WRITE_TO_BINLOG TABLE `shop`.`orders__sla_new`",
      "publish orders__sla_new as orders over table",
      "read orders__sla_new for orders",
    ]);
    const [create, insert] = built.steps as [
      Extract<Step, { kind: "execute" }>,
      Extract<Step, { kind: "execute" }>,
    ];
    expect(create.sql).toBe(
      "CREATE TABLE `shop`.`orders__sla_new` (\n  `id` bigint NOT NULL COMMENT 'Key',\n  `city` varchar(20) NULL,\n" +
        "  PRIMARY KEY (`id`),\n  KEY `ix_city` (`city`)\n) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 " +
        "COLLATE=utf8mb4_0900_ai_ci COMMENT='All orders'",
    );
    expect(insert.sql).toBe(
      "INSERT INTO `shop`.`orders__sla_new` (`id`, `city`)\nSELECT 1 AS `id`, 'x' AS `city`",
    );
    expect([create.counted, insert.counted]).toEqual([false, true]);
  });

  it("is written in DuckDB's own quoting there", () => {
    expect(brief(build(input([], duckdbDialect)))).toEqual([
      'CREATE TABLE "shop"."orders__sla_new" (',
      expect.stringMatching(/^COMMENT ON TABLE/),
      expect.stringMatching(/^COMMENT ON COLUMN/),
      'INSERT INTO "shop"."orders__sla_new" ("id", "city")',
      "publish orders__sla_new as orders over nothing",
      "read orders__sla_new for orders",
    ]);
  });
});

describe("view", () => {
  const build = MATERIALIZATIONS.view!.build!;

  it("is built on what the run has built, and made anew on live relations when it is published", () => {
    const expected = (existing: string) => [
      "CREATE VIEW `shop`.`orders__sla_new` AS",
      `publish view orders of SELECT live over ${existing}`,
      "read orders__sla_new for orders",
      "drop view orders__sla_new",
    ];
    expect(brief(build(input()))).toEqual(expected("nothing"));
    expect(brief(build(input([found("orders", "view")])))).toEqual(expected("view"));
    expect(brief(build(input([found("orders", "table")])))).toEqual(expected("table"));
  });
});

describe("ephemeral", () => {
  it("builds nothing", () => {
    expect(MATERIALIZATIONS.ephemeral!.build).toBeNull();
  });
});

describe("rows", () => {
  it("fills all tables of a node side by side and publishes them together", () => {
    const { dialect, config, existing } = input([found("lines", "table")]);
    const tables = ["orders", "lines"].map((name) => ({
      name,
      relation: { schema: "shop", identifier: name },
      columns: input().columns,
      primaryKey: [],
      indexes: [],
      description: "",
    }));
    expect(brief(rows({ dialect, relation: orders, config, description: "", existing, tables }))).toEqual([
      "CREATE TABLE `shop`.`orders__sla_new` (",
      "CREATE TABLE `shop`.`lines__sla_new` (",
      "load orders__sla_new, lines__sla_new",
      "ANALYZE NO_WRITE_TO_BINLOG TABLE `shop`.`orders__sla_new`",
      "ANALYZE NO_WRITE_TO_BINLOG TABLE `shop`.`lines__sla_new`",
      "publish orders__sla_new as orders over nothing",
      "publish lines__sla_new as lines over table",
      "read orders__sla_new for orders",
      "read lines__sla_new for lines",
    ]);
  });

  it("keeps shadow names within 64 characters", () => {
    const { dialect, config } = input();
    const name = "x".repeat(64);
    const table = {
      name,
      relation: { schema: "s", identifier: name },
      columns: input().columns,
      primaryKey: [],
      indexes: [],
      description: "",
    };
    const {
      steps: [create],
    } = rows({
      dialect,
      relation: orders,
      config,
      description: "",
      existing: () => null,
      tables: [table],
    });
    const shadow = /`s`\.`([^`]+)`/.exec((create as Extract<Step, { kind: "execute" }>).sql)![1]!;
    expect(shadow).toHaveLength(64);
    expect(shadow).toMatch(/_[0-9a-f]{8}__sla_new$/);
  });
});
