/** `No tickets in this selection`: the rows by what they are called. */
export function nothingSelected(rows: string): string {
  return `No ${rows} in this selection`;
}

/** `region and system name`. */
export function wordsOf(columns: readonly string[]): string {
  const words = columns.map((column) => column.replaceAll("_", " "));
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** What the rows of a model are called: `mart_tickets` holds tickets. */
export function rowsOf(model: string): string {
  return model.replace(/^(?:mart|fct|fact|dim|rpt|report)_/, "").replaceAll("_", " ");
}

/** `System name`. */
export function heading(column: string): string {
  const words = column.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
