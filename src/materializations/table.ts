import { NOTHING } from "./publication.js";
import { besideLive } from "./shadow.js";
import type { BuildSteps, SelectInput, Step } from "./step.js";

/** A table from a SELECT: created typed and keyed beside the live one and filled; publishing puts it in its place. */
export function table(input: SelectInput): BuildSteps {
  const { shadow, create, analyze, swap } = besideLive(input, {
    relation: input.relation,
    columns: input.columns,
    primaryKey: input.config.primary_key,
    indexes: input.config.indexes,
    description: input.description,
  });
  const names = input.columns.map((column) => column.name);
  return {
    steps: [
      ...create,
      ...(input.batches ?? [input]).map(
        ({ select }): Step => ({
          kind: "execute",
          sql: input.dialect.insertSelect(shadow.relation, names, select),
          counted: true,
        }),
      ),
      ...analyze,
    ],
    publication: { ...NOTHING, standIns: [{ live: swap.live, now: swap.shadow }], swaps: [swap] },
  };
}
