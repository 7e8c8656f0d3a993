import { GENERIC_TESTS } from "../../compile/index.js";
import { macroId } from "../../manifest/index.js";

/** The tests that dbt itself brings. */
const DBTS = new Set(["unique", "not_null", "accepted_values", "relationships"]);

/** The id of the macro of a test that comes with `sla`: dbt's own under dbt's name, others under their package's or ours. */
export function builtInTestMacro(name: string, namespace: string | null): string {
  return macroId(namespace ?? (DBTS.has(name) ? "dbt" : "sla"), `test_${name}`);
}

/** The ids of all of them that have no package. */
export function builtInTestMacros(): string[] {
  return Object.keys(GENERIC_TESTS).map((name) => builtInTestMacro(name, null));
}
