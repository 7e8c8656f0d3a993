/** Names that our templates have, and which parameters and macros therefore cannot have. */
export const BUILT_INS_OF_TEMPLATES: ReadonlySet<string> = new Set([
  ..."ref source var env_var config literal list eq ne and or not date_spine surrogate_key median percentile".split(
    " ",
  ),
  ..."target this is_incremental run_started_at if unless each with macro test lookup log else".split(" "),
]);
