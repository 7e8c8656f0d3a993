import type { Row, Value } from "../adapters/index.js";
import { SlaError } from "../errors/index.js";
import type { ArqueroTable, Part, RelationHandle, RowOf } from "../project/index.js";
import { collectColumns } from "./column-batch.js";
import type { ModelFacts, ModelInput } from "./model-inputs.js";
import type { Reading, RowReader } from "./row-reader.js";
import { thrownAt } from "./user-code.js";

// Alone, as the code of a model may run on a thread that needs nothing else of the adapters.
const { relationQuery } = await import("../adapters/kysely.js");

/** A relation as TypeScript models read it: as a stream, as rows, as an Arquero table, or as the start of a Kysely query. */
export function relationHandle<R extends object = Row>(
  input: ModelInput,
  facts: Pick<ModelFacts, "node" | "projectDir" | "target">,
  reader: RowReader,
): RelationHandle<R> {
  /** Called from the model's own line, which is what an error shall name: rows are asked for later, from elsewhere. */
  function placing(): <T>(batches: AsyncIterable<T>) => AsyncGenerator<T> {
    const caller = new Error();
    return async function* placed(batches) {
      try {
        yield* batches;
      } catch (error) {
        throw error instanceof SlaError ? readError(error, caller) : error;
      }
    };
  }
  function readError(error: SlaError, caller: Error): SlaError {
    const { name, unique_id: node, original_file_path: path } = facts.node;
    return new SlaError({
      code: error.code,
      message: `"${name}" cannot read "${input.name}": ${error.message}`,
      hint: error.hint ?? `Which columns it has, \`sla show ${input.name}\` shows.`,
      location: thrownAt(caller, facts.projectDir, facts.node.package_path) ?? { path },
      node,
      cause: error,
    });
  }
  // The row type is the caller's claim: the warehouse is asked when it is read.
  const batches = <P>(part?: P) =>
    placing()(reader.rows(reading(input, part))) as AsyncIterable<RowOf<R, P>[]>;
  return {
    name: input.name,
    batches,
    rows<P extends Part<R> | undefined>(part?: P) {
      const read = batches(part);
      return (async function* () {
        for await (const batch of read) yield* batch;
      })();
    },
    async all<P extends Part<R> | undefined>(part?: P) {
      const all: RowOf<R, P>[] = [];
      for await (const batch of batches(part)) for (const row of batch) all.push(row);
      return all;
    },
    async table<P extends Part<R> | undefined>(part?: P) {
      const batches = placing()(reader.columns(reading(input, part)));
      const { table } = await import("arquero");
      return table(await collectColumns(batches)) as unknown as ArqueroTable<RowOf<R, P> & object>;
    },
    query() {
      const placed = placing();
      return relationQuery(facts.target.type, input.from, (sql, parameters) =>
        placed(reader.rows({ sql, parameters })),
      ) as unknown as ReturnType<RelationHandle<R>["query"]>;
    },
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
