import type { Element } from "../element.js";
import type { Workbook } from "../workbook.js";

/** One thing that a file must keep to. */
export interface Check {
  name: string;
  /** What Tableau would do, and what to do. */
  hint: string;
  /** Where it does not, and what is wrong there. */
  find(workbook: Workbook): Iterable<readonly [at: Element | null, message: string]>;
}

/** Adds what is found twice: `said` says of what. */
export function* repeated<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
  at: (item: Item) => Element,
  said: (key: string) => string,
): Generator<readonly [Element, string]> {
  const seen = new Set<string>();
  for (const item of items) {
    const name = key(item);
    if (seen.has(name)) yield [at(item), said(name)];
    seen.add(name);
  }
}
