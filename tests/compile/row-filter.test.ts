import { describe, expect, it } from "vitest";
import { filterCondition } from "../../src/compile/index.js";
import { compilerFor, parseProject } from "../harness/project.js";

const RAW = { "seeds/raw.csv": "id\n1\n" };

async function compiled(sql: string, stands = "raw", filter?: () => { kind: "none" }): Promise<string> {
  const project = await parseProject({ ...RAW, "models/m.sql": sql });
  const compiler = compilerFor(project, {
    relation: (node) => ({ schema: "sla", identifier: node.name === "raw" ? stands : node.alias }),
    ...(filter && { filter }),
  });
  return compiler
    .compile(project.manifest.nodes["model.shop.m"] as never)
    .code.replace(/ +/g, " ")
    .trim();
}

const EMPTY = "(SELECT * FROM `sla`.`raw` WHERE FALSE)";

describe("an input without rows goes by the name it has, or by the one that the user gives it", () => {
  it.each([
    ['SELECT * FROM {{ref "raw"}}', `SELECT * FROM ${EMPTY} AS \`raw\``],
    [
      'SELECT raw.id FROM {{ref "raw"}} WHERE raw.id > 1',
      `SELECT raw.id FROM ${EMPTY} AS \`raw\` WHERE raw.id > 1`,
    ],
    ['SELECT r.id FROM {{ref "raw"}} AS r', `SELECT r.id FROM ${EMPTY} AS r`],
    ['SELECT r.id FROM {{ref "raw"}} r', `SELECT r.id FROM ${EMPTY} r`],
    ['SELECT r.id FROM {{ref "raw"}}\n\t`r`', `SELECT r.id FROM ${EMPTY} \n\t\`r\``],
    ['SELECT r.id FROM {{ref "raw"}} /* x */ r', `SELECT r.id FROM ${EMPTY} /* x */ r`],
    [
      'SELECT 1 FROM {{ref "raw"}} a JOIN {{ref "raw"}} USING (id)',
      `SELECT 1 FROM ${EMPTY} a JOIN ${EMPTY} AS \`raw\` USING (id)`,
    ],
    [
      'SELECT 1 FROM {{ref "raw"}} left join {{ref "raw"}} b on raw.id = b.id',
      `SELECT 1 FROM ${EMPTY} AS \`raw\` left join ${EMPTY} b on raw.id = b.id`,
    ],
    [
      'WITH raw AS (SELECT * FROM {{ref "raw"}}) SELECT * FROM raw',
      `WITH raw AS (SELECT * FROM ${EMPTY} AS \`raw\` ) SELECT * FROM raw`,
    ],
    ['SELECT * FROM {{ref "raw"}}, {{ref "raw"}} x', `SELECT * FROM ${EMPTY} AS \`raw\` , ${EMPTY} x`],
    [
      'SELECT id FROM {{ref "raw"}} UNION ALL SELECT id FROM {{ref "raw"}} ORDER BY id',
      `SELECT id FROM ${EMPTY} AS \`raw\` UNION ALL SELECT id FROM ${EMPTY} AS \`raw\` ORDER BY id`,
    ],
  ])("%j", async (sql, expected) => {
    const text = await compiled(sql, "raw", () => ({ kind: "none" }));
    expect(text).toBe(expected.replace(/ +/g, " ").trim());
  });
});

describe("what stands in for an input goes by the input's name", () => {
  it.each([
    ['SELECT raw.id FROM {{ref "raw"}}', "SELECT raw.id FROM `sla`.`raw__new` AS `raw`"],
    ['SELECT r.id FROM {{ref "raw"}} r', "SELECT r.id FROM `sla`.`raw__new` r"],
  ])("%j", async (sql, expected) => {
    expect(await compiled(sql, "raw__new")).toBe(expected);
    expect(await compiled(sql)).toBe(sql.replace('{{ref "raw"}}', "`sla`.`raw`"));
  });
});

it("places stay what they are", async () => {
  const project = await parseProject({
    ...RAW,
    "models/m.sql": 'SELECT 1 FROM {{ref "raw"}} r\nWHERE nothing',
  });
  const compiler = compilerFor(project, { filter: () => ({ kind: "none" }) });
  const { code, locate } = compiler.compile(project.manifest.nodes["model.shop.m"] as never);
  expect(locate(code.indexOf("nothing"))).toMatchObject({ path: "models/m.sql", line: 2, column: 7 });
});

it("a window is half open", () => {
  const filter = {
    kind: "window",
    column: "at",
    start: "2026-01-01 00:00:00",
    end: "2026-01-02 00:00:00",
  } as const;
  expect(filterCondition(filter, (name) => `"${name}"`)).toBe(
    `"at" >= '2026-01-01 00:00:00' AND "at" < '2026-01-02 00:00:00'`,
  );
});
