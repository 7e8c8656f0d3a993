import type { SelectInput, Step } from "./step.js";
import { table } from "./table.js";
import { view } from "./view.js";

export { rows } from "./rows.js";
export type { BuildInput, LoadTarget, RowsInput, SelectInput, Step } from "./step.js";

/** How a SELECT becomes a relation. */
export interface Materialization {
  /** Whether it must know the columns of the SELECT, which costs a round trip. */
  describes: boolean;
  /** Null: nothing is built, children inline it. */
  steps: ((input: SelectInput) => Step[]) | null;
}

/** The materializations of models, by the name used in `materialized:`. */
export const MATERIALIZATIONS: Record<string, Materialization> = {
  view: { describes: false, steps: view },
  table: { describes: true, steps: table },
  ephemeral: { describes: false, steps: null },
};
