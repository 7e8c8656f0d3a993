import type { Value } from "../adapters/index.js";
import { SlaError } from "../errors/index.js";
import type { TypedColumn } from "../manifest/index.js";
import { type GivenRow, type RowOwner, toValues } from "./row-values.js";
import { isColumnTable, tableRows } from "./table-rows.js";

const BATCH = 2_000;

/** What a model returned, as values in column order, in batches. */
export async function* returnedRows(
  returned: unknown,
  columns: readonly TypedColumn[],
  owner: RowOwner,
): AsyncGenerator<readonly (readonly Value[])[]> {
  const names = columns.map(({ name }) => name);
  const missing = new Set(names);
  let before = 0;
  const values = (batch: readonly GivenRow[]): readonly (readonly Value[])[] => {
    const rows = toValues(batch, columns, { ...owner, before });
    before += batch.length;
    for (const row of missing.size > 0 ? batch : []) {
      if (Array.isArray(row)) missing.clear();
      else for (const name of missing) if (name in row) missing.delete(name);
    }
    return rows;
  };
  if (isColumnTable(returned)) {
    const given = returned.columnNames();
    const unknown = given.filter((name) => !names.includes(name));
    if (unknown.length > 0) throw misfit(owner, `has the ${list(unknown)}, which it does not declare`);
    const absent = names.filter((name) => !given.includes(name));
    if (absent.length > 0) throw misfit(owner, `declares the ${list(absent)}, which its table does not have`);
    for (const batch of tableRows(returned, names, BATCH)) yield values(batch);
    return;
  }
  let batch: GivenRow[] = [];
  for await (const row of iterable(returned, owner)) {
    batch.push(row);
    if (batch.length === BATCH) {
      yield values(batch);
      batch = [];
    }
  }
  if (batch.length > 0) yield values(batch);
  if (before > 0 && missing.size > 0)
    throw misfit(
      owner,
      `declares the ${list([...missing])}, for which none of its ${before} rows has a value`,
    );
}

function iterable(returned: unknown, owner: RowOwner): AsyncIterable<GivenRow> | Iterable<GivenRow> {
  const given = returned as
    | { [Symbol.iterator]?: unknown; [Symbol.asyncIterator]?: unknown }
    | null
    | undefined;
  if (typeof returned === "object" && given !== null) {
    if (typeof given![Symbol.asyncIterator] === "function" || typeof given![Symbol.iterator] === "function")
      return returned as Iterable<GivenRow>;
  }
  const what =
    returned === null ? "null" : Array.isArray(returned) ? "an array" : `a value of type ${typeof returned}`;
  throw new SlaError({
    code: "SLA502",
    message: `"${owner.name}" returned ${returned === undefined ? "nothing" : what} where rows are expected`,
    hint: "Return an array, a generator or an Arquero table; a model without rows returns [].",
    location: { path: owner.path },
    node: owner.node,
  });
}

function misfit(owner: RowOwner, what: string): SlaError {
  return new SlaError({
    code: "SLA503",
    message: `"${owner.name}" ${what}`,
    hint: "Bring `columns` of defineModel and the rows together; a column without a value is null.",
    location: { path: owner.path },
    node: owner.node,
  });
}

function list(names: readonly string[]): string {
  return `${names.length === 1 ? "column" : "columns"} ${names.map((name) => `"${name}"`).join(", ")}`;
}
