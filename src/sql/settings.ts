/**
 * What a DuckDB session is set to so that it means what MySQL means. Apply with `SET name = 'value'`, in this order.
 * `default_collation` holds for the whole instance, the others for the session or the instance.
 */
export const DUCKDB_SETTINGS: Readonly<Record<string, string>> = {
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
  TimeZone: "UTC",
  default_null_order: "NULLS_FIRST_ON_ASC_LAST_ON_DESC",
  // Equality and order on the primary weights of the Unicode collation algorithm, as utf8mb4_0900_ai_ci and
  // utf8mb4_uca1400_nopad_ai_ci have them: A = á, ß = ss, and punctuation before digits before letters.
  default_collation: "NOCASE.ICU_NOACCENT",
  // x / 0 is NULL, not infinity.
  ieee_floating_point_ops: "false",
};
