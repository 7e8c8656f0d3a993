import { describe, expect, it } from "vitest";
import { type Dialect, duckdbDialect, mysqlDialect } from "../../src/adapters/index.js";
import { createMysqlDialect } from "../../src/adapters/mysql/dialect.js";
import type { ExistingRelation } from "../../src/manifest/index.js";
import { procedure } from "../../src/materializations/index.js";
import { mergeConfig } from "../../src/project/index.js";

const routine = {
  relation: { schema: "shop", identifier: "find_busy" },
  parameters: "IN least INT",
  characteristics: ["SQL SECURITY INVOKER"],
  comment: "",
  body: "BEGIN DELETE FROM `shop`.`busy`; END",
};

const build = (
  dialect: Dialect,
  deployed: { comment: string; body: string | null } | null,
  existing = false,
) =>
  procedure({
    dialect,
    relation: routine.relation,
    config: mergeConfig("procedure", []),
    description: "It's busy.",
    existing: (relation): ExistingRelation | null => (existing ? { ...relation, type: "table" } : null),
    tables: [
      {
        relation: { schema: "shop", identifier: "busy" },
        columns: [{ name: "city", type: { kind: "varchar", length: 50 }, nullable: false, description: "" }],
        primaryKey: ["city"],
        indexes: [],
        description: "",
      },
    ],
    deployed: deployed && { ...routine.relation, ...deployed },
    routine: dialect.routines === null ? null : routine,
  });

const CREATE =
  "CREATE PROCEDURE `shop`.`find_busy`(IN least INT)\nSQL SECURITY INVOKER\nCOMMENT 'It''s busy. sla:9999'\nBEGIN DELETE FROM `shop`.`busy`; END";
const withoutSum = (sql: string) => sql.replace(/sla:[0-9a-f]{16}/, "sla:9999");

describe("a procedure on servers", () => {
  it("makes its tables beside the live ones, fills them by a call, and deploys the routine", () => {
    const { steps, publication } = build(mysqlDialect, null, true);
    expect(steps).toEqual([
      {
        kind: "execute",
        sql: "CREATE TABLE `shop`.`busy__sla_new` (\n  `city` varchar(50) NOT NULL,\n  PRIMARY KEY (`city`)\n) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci",
        counted: false,
      },
      { kind: "call", written: [{ schema: "shop", identifier: "busy__sla_new" }] },
      {
        kind: "execute",
        sql: "ANALYZE NO_WRITE_TO_BINLOG TABLE `shop`.`busy__sla_new`",
        counted: false,
      },
    ]);
    expect(publication.swaps.map(({ existing }) => existing?.type)).toEqual(["table"]);
    expect(publication.routines.map(({ statement, when }) => [withoutSum(statement), when])).toEqual([
      [
        CREATE,
        {
          query:
            "SELECT 1 AS found FROM information_schema.ROUTINES WHERE ROUTINE_TYPE = 'PROCEDURE' AND ROUTINE_SCHEMA = 'shop' AND ROUTINE_NAME = 'find_busy'",
          found: false,
        },
      ],
    ]);
  });

  it("deploys nothing that stands there already, as far as can be seen", () => {
    const [{ statement }] = build(mysqlDialect, null).publication.routines as [{ statement: string }];
    const comment = `It's busy. ${/sla:[0-9a-f]{16}/.exec(statement)![0]}`;
    const statements = (deployed: { comment: string; body: string | null }) =>
      build(mysqlDialect, deployed).publication.routines.map((step) => withoutSum(step.statement));
    expect(statements({ comment, body: routine.body })).toEqual([]);
    expect(statements({ comment, body: null })).toEqual([]);
    const anew = ["DROP PROCEDURE IF EXISTS `shop`.`find_busy`", CREATE];
    expect(statements({ comment, body: "BEGIN END" })).toEqual(anew);
    expect(statements({ comment: "sla:0000000000000000", body: routine.body })).toEqual(anew);
  });
});

it("replaces a routine in one statement where the engine can, so that what was granted on it stays", () => {
  const mariadb = createMysqlDialect("utf8mb4_uca1400_ai_ci", true);
  const texts = (deployed: { comment: string; body: string | null } | null) =>
    build(mariadb, deployed).publication.routines.map(({ statement }) => statement.split("(")[0]);
  expect(texts(null)).toEqual(["CREATE PROCEDURE `shop`.`find_busy`"]);
  expect(texts({ comment: "", body: "BEGIN END" })).toEqual([
    "CREATE OR REPLACE PROCEDURE `shop`.`find_busy`",
  ]);
});

it("a procedure on DuckDB has tables and no routine", () => {
  const { steps, publication } = build(duckdbDialect, null);
  expect(steps[0]).toMatchObject({
    sql: 'CREATE TABLE "shop"."busy__sla_new" (\n  "city" VARCHAR NOT NULL,\n  PRIMARY KEY ("city")\n)',
  });
  expect(publication.routines).toEqual([]);
});
