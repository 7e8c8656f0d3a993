/**
 * What a value is compared by, of the type of the value: text by the primary weights of the Unicode collation algorithm, all else
 * by itself. The cast back to the type must not fail even where DuckDB computes the branch of a constant that it then leaves out,
 * hence the second CASE.
 */
export function sortKey(a: string): string {
  const text = `CAST(${a} AS VARCHAR)`;
  const key = `CASE WHEN typeof(${a}) = 'VARCHAR' THEN icu_sort_key(${text}, 'und-u-ks-level1') ELSE ${text} END`;
  return `CASE WHEN typeof(${a}) = 'VARCHAR' THEN cast_to_type(${key}, ${a}) ELSE ${a} END`;
}
