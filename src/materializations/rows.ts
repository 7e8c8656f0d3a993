import { NOTHING } from "./publication.js";
import { besideLive } from "./shadow.js";
import type { BuildSteps, RowsInput } from "./step.js";

/** Tables from rows that the node brings itself: all are created beside the live ones, filled, and published together. */
export function rows(input: RowsInput): BuildSteps {
  const beside = input.tables.map((table) => ({ name: table.name, ...besideLive(input, table) }));
  return {
    steps: [
      ...beside.flatMap(({ create }) => create),
      { kind: "load", tables: beside.map(({ name, shadow }) => ({ name, table: shadow })) },
      ...beside.flatMap(({ analyze }) => analyze),
    ],
    publication: {
      ...NOTHING,
      standIns: beside.map(({ swap }) => ({ live: swap.live, now: swap.shadow })),
      swaps: beside.map(({ swap }) => swap),
    },
  };
}
