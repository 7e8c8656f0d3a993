import { describe, expect, it } from "vitest";
import { duckdbDialect, mysqlDialect } from "../../src/adapters/index.js";
import type { ExistingRelation, NodeConfig, Relation } from "../../src/manifest/index.js";
import { MATERIALIZATIONS, rows, type SelectInput, type Step } from "../../src/materializations/index.js";

const orders: Relation = { schema: "shop", identifier: "orders" };

function input(existing: ExistingRelation[] = [], dialect = mysqlDialect): SelectInput {
  return {
    dialect,
    relation: orders,
    config: { primary_key: ["id"], indexes: [{ columns: ["city"] }] } as unknown as NodeConfig,
    description: "All orders",
    existing: ({ identifier }) => existing.find((relation) => relation.identifier === identifier) ?? null,
    select: "SELECT 1 AS `id`, 'x' AS `city`",
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

/** Steps in one word each, with the text of what is executed. */
function brief(steps: Step[]): string[] {
  return steps.map((step) => {
    if (step.kind === "execute") return step.sql.split("\n")[0]!;
    if (step.kind === "load")
      return `load ${step.tables.map(({ table }) => table.relation.identifier).join(", ")}`;
    return `publish ${step.swaps.map(({ shadow, live, existing }) => `${shadow.identifier} as ${live.identifier} over ${existing?.type ?? "nothing"}`).join(", ")}`;
  });
}

describe("table", () => {
  const build = MATERIALIZATIONS.table!.steps!;

  it("is created typed and keyed beside the live one, filled, then published", () => {
    const steps = build(input([found("orders", "table")]));
    expect(brief(steps)).toEqual([
      "CREATE TABLE `shop`.`orders__sla_new` (",
      "INSERT INTO `shop`.`orders__sla_new` (`id`, `city`)",
      "publish orders__sla_new as orders over table",
    ]);
    const [create, insert] = steps as [
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
    expect(steps.map((step) => step.kind === "execute" && step.counted)).toEqual([false, true, false]);
  });

  it("clears what a killed run left, before and after its swap", () => {
    expect(
      brief(build(input([found("orders__sla_new", "table"), found("orders__sla_old", "view")]))),
    ).toEqual([
      "DROP TABLE IF EXISTS `shop`.`orders__sla_new`",
      "DROP VIEW IF EXISTS `shop`.`orders__sla_old`",
      "CREATE TABLE `shop`.`orders__sla_new` (",
      "INSERT INTO `shop`.`orders__sla_new` (`id`, `city`)",
      "publish orders__sla_new as orders over nothing",
    ]);
  });

  it("is written in DuckDB's own quoting there", () => {
    expect(brief(build(input([], duckdbDialect)))).toEqual([
      'CREATE TABLE "shop"."orders__sla_new" (',
      expect.stringMatching(/^COMMENT ON TABLE/),
      expect.stringMatching(/^COMMENT ON COLUMN/),
      'INSERT INTO "shop"."orders__sla_new" ("id", "city")',
      "publish orders__sla_new as orders over nothing",
    ]);
  });
});

describe("view", () => {
  const build = MATERIALIZATIONS.view!.steps!;

  it("is replaced in one statement where a view or nothing stands", () => {
    const expected = ["CREATE OR REPLACE VIEW `shop`.`orders` AS"];
    expect(brief(build(input()))).toEqual(expected);
    expect(brief(build(input([found("orders", "view")])))).toEqual(expected);
  });

  it("is swapped with a table that stands in its place", () => {
    expect(brief(build(input([found("orders", "table")])))).toEqual([
      "CREATE VIEW `shop`.`orders__sla_new` AS",
      "publish orders__sla_new as orders over table",
    ]);
  });
});

describe("ephemeral", () => {
  it("builds nothing", () => {
    expect(MATERIALIZATIONS.ephemeral!.steps).toBeNull();
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
      "publish orders__sla_new as orders over nothing, lines__sla_new as lines over table",
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
    const [create] = rows({
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
