import { NOTHING } from "./publication.js";
import { besideLive } from "./shadow.js";
import type { BuildSteps, SelectInput } from "./step.js";

/** A table from a SELECT: created typed and keyed beside the live one and filled; publishing puts it in its place. */
export function table(input: SelectInput): BuildSteps {
  const { shadow, create, swap } = besideLive(input, {
    relation: input.relation,
    columns: input.columns,
    primaryKey: input.config.primary_key,
    indexes: input.config.indexes,
    description: input.description,
  });
  const names = input.columns.map((column) => column.name);
  const insert = input.dialect.insertSelect(shadow.relation, names, input.select);
  return {
    steps: [...create, { kind: "execute", sql: insert, counted: true }],
    publication: { ...NOTHING, standIns: [{ live: swap.live, now: swap.shadow }], swaps: [swap] },
  };
}
