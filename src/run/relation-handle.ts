import type { Adapter, Row, Value } from "../adapters/index.js";
import type { Part, RelationHandle, RowOf } from "../project/index.js";
import { collectColumns } from "./column-batch.js";
import type { ModelInput } from "./model-inputs.js";
import type { Reading, RowReader } from "./row-reader.js";

// Alone, as the code of a model may run on a thread that needs nothing else of the adapters.
const { relationQuery } = await import("../adapters/kysely.js");

/** A relation as TypeScript models read it: as a stream, as rows, as an Arquero table, or as the start of a Kysely query. */
export function relationHandle<R extends object = Row>(
  input: ModelInput,
  engine: Adapter["type"],
  reader: RowReader,
): RelationHandle<R> {
  // The row type is the caller's claim: the warehouse is asked when it is read.
  const batches = <P>(part?: P) => reader.rows(reading(input, part)) as AsyncIterable<RowOf<R, P>[]>;
  return {
    name: input.name,
    batches,
    async *rows<P extends Part<R> | undefined>(part?: P) {
      for await (const batch of batches(part)) yield* batch;
    },
    async all<P extends Part<R> | undefined>(part?: P) {
      const all: RowOf<R, P>[] = [];
      for await (const batch of batches(part)) for (const row of batch) all.push(row);
      return all;
    },
    async table(part) {
      const { table } = await import("arquero");
      return table(await collectColumns(reader.columns(reading(input, part))));
    },
    query: () =>
      relationQuery(engine, input.from, (sql, parameters) =>
        reader.rows({ sql, parameters }),
      ) as unknown as ReturnType<RelationHandle<R>["query"]>,
  };
}

function reading(input: ModelInput, part: unknown): Reading {
  if (part === undefined) return { from: input.from, columns: null };
  if (Array.isArray(part)) return { from: input.from, columns: part };
  const { sql, parameters } = (
    part as { compile(): { sql: string; parameters: readonly unknown[] } }
  ).compile();
  return { sql, parameters: parameters as Value[] };
}
