import type { Column } from "../../manifest/index.js";

/** Columns in dbt's form, by name. */
export function dbtColumns(columns: Readonly<Record<string, Column>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.values(columns).map(({ name, description, data_type, tags, meta }) => [
      name,
      {
        name,
        description,
        meta,
        data_type,
        constraints: [],
        quote: null,
        config: { meta, tags },
        tags,
        granularity: null,
        dimension: null,
        entity: null,
        doc_blocks: [],
      },
    ]),
  );
}
