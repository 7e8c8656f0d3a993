import type { Connection } from "../adapters/index.js";
import { SlaError } from "../errors/index.js";
import {
  type GivenRows,
  type ModelNode,
  parseColumnType,
  type RelationalNode,
  type TestNode,
  type UnitTest,
} from "../manifest/index.js";
import { readCsv } from "../project/index.js";
import { inSource, type NodeOutcome, type RunContext } from "../run/index.js";
import { columnsOf, type GivenColumn, givenSelect, type KnownColumns } from "./given-rows.js";
import { compareRows, describeDifference } from "./row-difference.js";

/** Runs a unit test: its model on the given rows in the place of its inputs, nothing of it stored. */
export async function runUnitTest(
  test: TestNode,
  context: RunContext,
  connection: Connection,
): Promise<NodeOutcome> {
  const unit = test.unit!;
  const { adapter, manifest, compiler } = context;
  const model = unit.model === null ? null : (manifest.nodes[unit.model] as ModelNode);
  const what = `"${model?.name ?? test.name}"`;
  const inputs = new Map<string, string>();
  for (const { node, rows } of unit.given) inputs.set(node, await inputSelect(node, rows, unit, context));
  const compiled = compiler.compileUnit(test, inputs);
  let executed: string | null = null;
  try {
    executed = await adapter.translate(compiled.code);
    context.keep(test, compiled.code, executed === compiled.code ? null : executed);
    const columns = await connection.describe(executed);
    const found = await connection.query(executed);
    const expected = await expectedRows(unit.expect, columns, what, context, connection);
    const difference = compareRows(expected.rows, found, expected.columns);
    const failures = difference.missing.length + difference.unexpected.length;
    return {
      status: failures === 0 ? "pass" : "fail",
      message: failures === 0 ? null : describeDifference(difference, expected.columns),
      failures,
      rowsAffected: null,
      compiledCode: compiled.code,
      publication: null,
    };
  } catch (error) {
    throw inSource(error, compiled, executed, (model ?? test).original_file_path);
  }
}

/** The rows that stand for an input, as a SELECT. */
async function inputSelect(
  id: string,
  rows: GivenRows,
  unit: UnitTest,
  context: RunContext,
): Promise<string> {
  const { manifest } = context;
  const node = (manifest.nodes[id] ?? manifest.sources[id]) as RelationalNode;
  const what =
    id === unit.model
      ? "this"
      : node.resource_type === "source"
        ? `source('${node.source_name}', '${node.name}')`
        : `ref('${node.name}')`;
  if (rows.format === "sql") return rows.sql;
  return givenSelect(rows, await knownColumns(node, context), `the input ${what}`);
}

/** The columns of a node: those it has in the warehouse, else those that the project declares. */
async function knownColumns(
  node: RelationalNode,
  { adapter, compiler, manifest, project }: RunContext,
): Promise<KnownColumns> {
  const isEphemeral = node.resource_type === "model" && node.config.materialized === "ephemeral";
  const standing = isEphemeral ? [] : await adapter.introspector.columns(compiler.relation(node));
  if (standing.length > 0) return { columns: standing, complete: true };
  if (node.resource_type === "seed" && node.language === "csv")
    return { columns: (await readCsv(project, node)).columns, complete: true };
  if (node.resource_type === "source") {
    for (const id of node.depends_on.nodes) {
      const seeder = manifest.nodes[id];
      const table =
        seeder?.resource_type === "seed" ? seeder.tables.find(({ name }) => name === node.name) : undefined;
      if (table !== undefined) return { columns: table.columns, complete: true };
    }
  }
  const columns = Object.values(node.columns).flatMap(({ name, data_type }): GivenColumn[] => {
    const type = data_type === null ? undefined : parseColumnType(data_type);
    return type === undefined ? [] : [{ name, type }];
  });
  return { columns, complete: false };
}

/** What must come out, typed like what does: the same value has then the same form. */
async function expectedRows(
  expect: GivenRows,
  columns: readonly GivenColumn[],
  what: string,
  { adapter }: RunContext,
  connection: Connection,
) {
  if (expect.format === "sql") {
    const sql = await adapter.translate(expect.sql);
    const names = (await connection.describe(sql)).map(({ name }) => name);
    const strange = names.find((name) => !columns.some((column) => sameName(column.name, name)));
    if (strange !== undefined) columnsOf([{ [strange]: null }], { columns, complete: true }, what);
    return { rows: await connection.query(sql), columns: names };
  }
  const rows: readonly Readonly<Record<string, unknown>>[] = expect.rows;
  // Only what is expected of a row is compared: as in dbt, the columns of the first row.
  const names = rows.length === 0 ? columns.map(({ name }) => name) : Object.keys(rows[0]!);
  columnsOf(rows, { columns, complete: true }, what);
  const uneven = rows.find((row) => Object.keys(row).some((name) => !names.includes(name)));
  if (uneven !== undefined)
    throw new SlaError({
      code: "SLA603",
      message: `the expected rows have different columns: the first one has ${names.join(", ")}`,
      hint: "Give all of them the same columns; write null for what is NULL.",
    });
  const wanted = columns.filter((column) => names.some((name) => sameName(column.name, name)));
  const select = givenSelect(expect, { columns: wanted, complete: true }, what);
  return { rows: await connection.query(await adapter.translate(select)), columns: names };
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
