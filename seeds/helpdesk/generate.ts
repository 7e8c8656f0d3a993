import { faker } from "@faker-js/faker/locale/en_GB";
import { Exporter } from "./export.js";
import type { HelpdeskOptions } from "./options.js";
import { type RawRow, TABLES, type TableName } from "./tables.js";
import { tickets } from "./ticket.js";

/** Rows of one table, in the order of its columns. */
export interface Batch {
  table: TableName;
  rows: RawRow[];
}

const BATCH_ROWS = 2_000;

/**
 * The four raw tables as an export at `options.asOf` has them, in batches. Memory stays the same at any number of tickets: what
 * is remembered are the tickets of the last day.
 */
export async function* generateHelpdesk(options: HelpdeskOptions): AsyncGenerator<Batch> {
  const names = Object.keys(TABLES) as TableName[];
  const pending = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    TableName,
    RawRow[]
  >;
  const exporter = new Exporter(options.seed, options.asOf, (table, row) => pending[table].push(row));
  faker.seed(options.seed);
  for (const ticket of tickets(options, faker)) {
    exporter.export(ticket);
    for (const table of names) {
      if (pending[table].length < BATCH_ROWS) continue;
      yield { table, rows: pending[table] };
      pending[table] = [];
    }
  }
  for (const table of names) {
    if (pending[table].length > 0) yield { table, rows: pending[table] };
  }
}
