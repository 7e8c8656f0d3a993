import type { Finding } from "../finding.js";
import type { Workbook } from "../workbook.js";
import type { Check } from "./check.js";
import { DASHBOARDS } from "./dashboards.js";
import { FILTERS } from "./filters.js";
import { RELATIONSHIPS } from "./relationships.js";
import { SHEETS } from "./sheets.js";
import { SOURCES } from "./sources.js";
import { STRUCTURE } from "./structure.js";

/** All that can be told from a file alone, beyond its schema. */
export const CHECKS: readonly Check[] = [
  ...STRUCTURE,
  ...SOURCES,
  ...RELATIONSHIPS,
  ...SHEETS,
  ...FILTERS,
  ...DASHBOARDS,
];

/** What the checks find in a file, in the order of its lines. */
export function runChecks(workbook: Workbook): Finding[] {
  return CHECKS.flatMap(({ name, hint, find }) =>
    [...find(workbook)].map(
      ([at, message]): Finding => ({ check: name, line: at?.line ?? null, message, hint }),
    ),
  ).sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
