import { describe, expect, it } from "vitest";
import { duckdbDialect, mysqlDialect, NO_SURROUNDINGS, type Surroundings } from "../../src/adapters/index.js";
import type { Relation } from "../../src/manifest/index.js";
import { NOTHING, type Publication } from "../../src/materializations/index.js";
import { publishSteps } from "../../src/run/publish-steps.js";

const orders: Relation = { schema: "shop", identifier: "orders" };
const cities: Relation = { schema: "marts", identifier: "cities" };
const shadow = ({ schema, identifier }: Relation) => ({ schema, identifier: `${identifier}__sla_new` });

const table = (live: Relation, replaces = true): Publication => ({
  ...NOTHING,
  standIns: [{ live, now: shadow(live) }],
  swaps: [
    { live, shadow: shadow(live), existing: replaces ? { ...live, type: "table" } : null, type: "table" },
  ],
});

const PUBLICATIONS: Publication[] = [
  {
    ...NOTHING,
    apply: ["INSERT INTO facts"],
    scaffold: [{ schema: "shop", identifier: "batch", type: "table" }],
  },
  table(orders),
  table(cities, false),
  {
    ...NOTHING,
    views: [{ relation: { schema: "shop", identifier: "v" }, select: "SELECT 1", existing: null }],
  },
];

const AROUND: Surroundings = {
  triggers: [
    {
      table: orders,
      name: "audit",
      timing: "BEFORE",
      event: "INSERT",
      body: "SET NEW.id = 1",
      definer: "ann@%",
      sqlMode: "ANSI_QUOTES",
      collation: "utf8mb4_bin",
    },
  ],
  foreignKeys: [
    {
      name: "own",
      child: orders,
      columns: ["city", "land"],
      parent: { schema: "ref", identifier: "c" },
      parentColumns: ["id", "land"],
      onDelete: "CASCADE",
      onUpdate: null,
    },
    {
      name: "theirs",
      child: { schema: "app", identifier: "notes" },
      columns: ["order_id"],
      parent: orders,
      parentColumns: ["id"],
      onDelete: null,
      onUpdate: null,
    },
  ],
};

const kept = (surroundings: Surroundings) =>
  mysqlDialect.preservation(
    PUBLICATIONS.flatMap(({ swaps }) => swaps),
    surroundings,
    (live) => (live === orders ? shadow(orders) : live),
  );

describe("what publishes a run", () => {
  it("on MySQL: the transaction, one rename, views, what is of no use any more", () => {
    expect(publishSteps(PUBLICATIONS, mysqlDialect, kept(NO_SURROUNDINGS))).toEqual([
      { kind: "transaction", statements: ["INSERT INTO facts"] },
      {
        kind: "rename",
        statement:
          "RENAME TABLE `shop`.`orders` TO `shop`.`orders__sla_old`, `shop`.`orders__sla_new` TO `shop`.`orders`, `marts`.`cities__sla_new` TO `marts`.`cities`",
        witness: shadow(orders),
        relations: [orders],
      },
      { kind: "repeatable", statement: "CREATE OR REPLACE VIEW `shop`.`v` AS\nSELECT 1" },
      { kind: "repeatable", statement: "DROP TABLE IF EXISTS `shop`.`orders__sla_old`" },
      { kind: "repeatable", statement: "DROP TABLE IF EXISTS `shop`.`batch`" },
    ]);
  });

  it("on DuckDB: one transaction", () => {
    const steps = publishSteps(PUBLICATIONS, duckdbDialect);
    expect(steps).toEqual([
      {
        kind: "transaction",
        statements: [
          "INSERT INTO facts",
          'DROP TABLE "shop"."orders"',
          'ALTER TABLE "shop"."orders__sla_new" RENAME TO "orders"',
          'ALTER TABLE "marts"."cities__sla_new" RENAME TO "cities"',
          'CREATE OR REPLACE VIEW "shop"."v" AS\nSELECT 1',
          'DROP TABLE IF EXISTS "shop"."batch"',
        ],
      },
    ]);
  });

  it("between views and cleanup, puts back what stood around tables: each can be done twice", () => {
    const unchecked = {
      set: "SET SESSION foreign_key_checks = 0",
      reset: "SET SESSION foreign_key_checks = 1",
    };
    const key = (schema: string, name: string, constraint: string) =>
      `SELECT 1 AS found FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = '${schema}' ` +
      `AND TABLE_NAME = '${name}' AND CONSTRAINT_NAME = '${constraint}'`;
    expect(publishSteps(PUBLICATIONS, mysqlDialect, kept(AROUND)).slice(3)).toEqual([
      {
        kind: "repeatable",
        statement: "ALTER TABLE `shop`.`orders__sla_old` DROP FOREIGN KEY `own`",
        when: { query: key("shop", "orders__sla_old", "own"), found: true },
        under: unchecked,
      },
      {
        kind: "repeatable",
        statement: "ALTER TABLE `app`.`notes` DROP FOREIGN KEY `theirs`",
        when: {
          query: `${key("app", "notes", "theirs")} AND REFERENCED_TABLE_NAME <> 'orders'`,
          found: true,
        },
        under: unchecked,
      },
      {
        kind: "repeatable",
        statement:
          "ALTER TABLE `shop`.`orders` ADD CONSTRAINT `own` FOREIGN KEY (`city`, `land`) REFERENCES `ref`.`c` (`id`, `land`) ON DELETE CASCADE",
        when: { query: key("shop", "orders", "own"), found: false },
        under: unchecked,
      },
      {
        kind: "repeatable",
        statement:
          "ALTER TABLE `app`.`notes` ADD CONSTRAINT `theirs` FOREIGN KEY (`order_id`) REFERENCES `shop`.`orders` (`id`)",
        when: { query: key("app", "notes", "theirs"), found: false },
        under: unchecked,
      },
      { kind: "repeatable", statement: "DROP TRIGGER IF EXISTS `shop`.`audit`" },
      {
        kind: "repeatable",
        statement:
          "CREATE DEFINER=`ann`@`%` TRIGGER `shop`.`audit` BEFORE INSERT ON `shop`.`orders` FOR EACH ROW SET NEW.id = 1",
        under: {
          set: "SET @sla_sql_mode = @@sql_mode, @sla_collation = @@collation_connection, sql_mode = 'ANSI_QUOTES', collation_connection = 'utf8mb4_bin'",
          reset: "SET sql_mode = @sla_sql_mode, collation_connection = @sla_collation",
        },
      },
      {
        kind: "repeatable",
        statement: "DROP TABLE IF EXISTS `shop`.`orders__sla_old`",
        under: unchecked,
      },
      { kind: "repeatable", statement: "DROP TABLE IF EXISTS `shop`.`batch`" },
    ]);
  });

  it("before anything is published, looks for rows that a foreign key would refuse, and tries each trigger", () => {
    expect(
      kept(AROUND).before.map(({ what, attempt }) => [
        what,
        "query" in attempt ? attempt.query : attempt.statement,
      ]),
    ).toEqual([
      [
        "foreign key own of shop.orders",
        "SELECT c.`city`, c.`land` FROM `shop`.`orders__sla_new` AS c LEFT JOIN `ref`.`c` AS p ON p.`id` = c.`city` AND p.`land` = c.`land` WHERE c.`city` IS NOT NULL AND c.`land` IS NOT NULL AND p.`id` IS NULL LIMIT 1",
      ],
      [
        "foreign key theirs of app.notes",
        "SELECT c.`order_id` FROM `app`.`notes` AS c LEFT JOIN `shop`.`orders__sla_new` AS p ON p.`id` = c.`order_id` WHERE c.`order_id` IS NOT NULL AND p.`id` IS NULL LIMIT 1",
      ],
      [
        "trigger audit of shop.orders",
        "CREATE DEFINER=`ann`@`%` TRIGGER `shop`.`audit__sla_new` BEFORE INSERT ON `shop`.`orders__sla_new` FOR EACH ROW SET NEW.id = 1",
      ],
    ]);
  });
});
