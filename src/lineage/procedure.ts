import { type Compiler, readHeader } from "../compile/index.js";
import {
  type ColumnInput,
  type ColumnOrigin,
  type Manifest,
  type NodeLineage,
  type ProcedureNode,
  type ProcedureTable,
  relationKey,
} from "../manifest/index.js";
import type { QueryLineage, TableWrite } from "../sql/index.js";
import { decidedBy, expressionOf, originOf, toInputs, unique } from "./inputs.js";
import { type Known, lookupOf, type ReadQuery } from "./query.js";

/** What the statements read so far say of the columns of a procedure's tables, and of their rows. */
interface Gathered {
  columns: Map<string, { name: string; inputs: ColumnInput[]; reason: string | undefined; filled: boolean }>;
  rows: ColumnInput[];
  reason: string | undefined;
}

/** The tables of a procedure and their columns, by the statements that write these; of several tables, a column is called `table.column`. */
export async function procedureLineage(
  node: ProcedureNode,
  manifest: Manifest,
  known: Known,
  compiler: Compiler,
  read: ReadQuery,
): Promise<NodeLineage> {
  const gathered = begin(node);
  try {
    const { code } = compiler.compileProcedure(node, (live) => live);
    const { bodyWrites } = await import("../sql/lineage/procedure-writes.js");
    const parameters = node.parameters.map(({ name }) => name);
    const { writes, flow, hidden } = bodyWrites(
      code.slice(readHeader(code, node.original_file_path).body),
      parameters,
    );
    gathered.reason = flow;
    for (const write of writes) {
      const table = node.tables.find((one) => isOf(one, write.target));
      if (table === undefined) continue;
      const lookup = lookupOf(node, manifest, known, undefined);
      add(gathered, node, table, write, write.query === null ? undefined : await read(write.query, lookup));
    }
    if (hidden !== undefined) lose(gathered, hidden);
  } catch (error) {
    lose(gathered, (error as Error).message);
  }
  return settled(node, gathered);
}

function begin(node: ProcedureNode): Gathered {
  const columns: Gathered["columns"] = new Map();
  for (const table of node.tables)
    for (const column of table.columns) {
      const name = nameIn(node, table, column.name);
      columns.set(name.toLowerCase(), { name, inputs: [], reason: undefined, filled: false });
    }
  return { columns, rows: [], reason: undefined };
}

function nameIn(node: ProcedureNode, table: ProcedureTable, column: string): string {
  return node.tables.length === 1 ? column : `${table.name}.${column}`;
}

function isOf(table: ProcedureTable, target: readonly string[]): boolean {
  const [schema, identifier] = target;
  return (
    target.length === 2 &&
    relationKey({ schema: schema!, identifier: identifier! }) ===
      relationKey({ schema: table.schema, identifier: table.alias })
  );
}

function add(
  gathered: Gathered,
  node: ProcedureNode,
  table: ProcedureTable,
  write: TableWrite,
  query: QueryLineage | undefined,
): void {
  const names = write.columns ?? table.columns.map(({ name }) => name);
  const decides = query === undefined ? [] : toInputs(query.rows);
  const open =
    query !== undefined && query.open.length > 0
      ? "* of a table whose columns are not declared fills it"
      : undefined;
  const other = query !== undefined && write.kind !== "delete" && query.columns.length !== names.length;
  const lost =
    write.unknown ??
    open ??
    (other ? (query?.unknown ?? "a statement gives another number of columns") : undefined);
  for (const [at, name] of names.entries()) {
    const column = gathered.columns.get(nameIn(node, table, name).toLowerCase());
    if (column === undefined) continue;
    const found = other ? undefined : query?.columns[at];
    column.inputs.push(...toInputs(found?.inputs ?? []));
    // Which rows are changed decides which value comes out.
    if (write.kind === "update")
      column.inputs.push(
        ...decides.map((one) => ({ ...one, type: "INDIRECT" as const, subtype: "CONDITIONAL" as const })),
      );
    column.reason ??= found?.unknown ?? lost ?? (write.kind === "update" ? query?.unknown : undefined);
    column.filled ||= write.kind === "insert" || query === undefined;
  }
  // An INSERT that does not name a column leaves it at its default.
  if (write.kind === "insert")
    for (const { name } of table.columns)
      gathered.columns.get(nameIn(node, table, name).toLowerCase())!.filled = true;
  if (write.kind !== "update") gathered.rows.push(...decides);
  gathered.reason ??= write.kind === "update" && query !== undefined ? undefined : (query?.unknown ?? lost);
}

function lose(gathered: Gathered, reason: string): void {
  for (const column of gathered.columns.values()) column.reason ??= reason;
  gathered.reason ??= reason;
}

/** What a table is made of where a statement reads the table itself: of what its columns are made of. */
function settled(node: ProcedureNode, gathered: Gathered): NodeLineage {
  const origins = new Map<string, ColumnOrigin>(
    [...gathered.columns].map(([key, { name, inputs, reason, filled }]) => [
      key,
      originOf(name, unique(inputs), reason ?? (filled ? undefined : "no statement is seen to fill it")),
    ]),
  );
  const isOwn = (input: ColumnInput) => input.node === node.unique_id;
  const through = (inputs: readonly ColumnInput[]): ColumnInput[] =>
    unique(
      inputs.flatMap((input) => {
        const own = isOwn(input) ? origins.get(input.column.toLowerCase()) : undefined;
        if (own === undefined) return [input];
        if (input.type === "INDIRECT") return [input, ...decidedBy([own], input.subtype)];
        return [input, ...(input.subtype === "IDENTITY" ? own : expressionOf(own.name, [own])).inputs];
      }),
    );
  for (let before = -1, now = 0; now !== before; ) {
    before = now;
    for (const [key, origin] of origins) {
      const lost = origin.inputs
        .filter(isOwn)
        .map(({ column }) => origins.get(column.toLowerCase()))
        .find((own) => own?.status === "unknown")?.reason;
      origins.set(key, originOf(origin.name, through(origin.inputs), origin.reason ?? lost));
    }
    now = [...origins.values()].reduce(
      (sum, { inputs, status }) => sum + inputs.length + (status === "unknown" ? 1 : 0),
      0,
    );
  }
  const others = (inputs: readonly ColumnInput[]) => inputs.filter((input) => !isOwn(input));
  return {
    basis: "sql",
    columns: [...origins.values()].map((origin) => ({ ...origin, inputs: others(origin.inputs) })),
    rows: others(through(gathered.rows)),
    complete: true,
    ...(gathered.reason !== undefined && { reason: gathered.reason }),
  };
}
