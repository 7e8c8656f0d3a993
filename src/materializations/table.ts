import { besideLive } from "./shadow.js";
import type { SelectInput, Step } from "./step.js";

/** A table from a SELECT: created typed and keyed beside the live one, filled, then put in its place. */
export function table(input: SelectInput): Step[] {
  const { shadow, create, swap } = besideLive(input, {
    relation: input.relation,
    columns: input.columns,
    primaryKey: input.config.primary_key,
    indexes: input.config.indexes,
    description: input.description,
  });
  const names = input.columns.map((column) => column.name);
  return [
    ...create,
    { kind: "execute", sql: input.dialect.insertSelect(shadow.relation, names, input.select), counted: true },
    { kind: "publish", swaps: [swap] },
  ];
}
