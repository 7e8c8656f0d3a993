/**
 * An identifier in quotes, so that no word of DuckDB's grammar is taken for one. What is no identifier stays as it is.
 * DuckDB ignores case inside quotes as well.
 */
export function quoteName(identifier: unknown): unknown {
  if (identifier === null || typeof identifier !== "object") return identifier;
  return { ...identifier, quoted: true };
}
