import { didYouMean, SlaError } from "../errors/index.js";
import type { TestEntry } from "../manifest/index.js";
import type { Assembly, TestSite } from "./assembly.js";
import { argumentProblem, findGenericTest, GENERIC_TESTS, type GenericTestShape } from "./generic-tests.js";
import type { MacroUse } from "./template-facts.js";

/** A test that can be applied by name: one of ours, or one of the project's own. */
export interface KnownTest {
  /** As it is written, without its package. */
  name: string;
  namespace: string | null;
  shape: GenericTestShape;
  /** What is wrong with arguments that only together make sense. */
  problem(args: Readonly<Record<string, unknown>>): string | undefined;
  /** The call of the template of a test of the project. */
  macro: MacroUse | null;
}

/** An entry under `tests:`, taken apart. */
export interface Entry {
  test: KnownTest;
  keys: Record<string, unknown>;
  /** Steps from the entry to its keys. */
  inner: (string | number)[];
}

/** Reads an entry: the name of a test, or a mapping from it to its keys. */
export function readEntry(assembly: Assembly, site: TestSite, at: number): Entry {
  const entry: TestEntry = site.entries[at]!;
  const names = typeof entry === "string" ? [entry] : Object.keys(entry);
  if (names.length !== 1) {
    throw new SlaError({
      code: "SLA602",
      message: `a test has one name, found ${names.length === 0 ? "none" : names.join(", ")}`,
      hint: "Indent the arguments below the name of the test.",
      location: site.locate([at]),
    });
  }
  const name = names[0]!;
  const test = findTest(assembly, name);
  if (test === undefined) {
    const known = [...Object.keys(GENERIC_TESTS), ...assembly.genericTests.keys()];
    throw new SlaError({
      code: "SLA602",
      message: `there is no test "${name}"`,
      hint: didYouMean(name, known) ?? `Tests are ${known.join(", ")}.`,
      location: typeof entry === "string" ? site.locate([at]) : site.locate([at, name], "key"),
    });
  }
  const keys = typeof entry === "string" ? {} : (entry[name] ?? {});
  if (typeof keys !== "object" || Array.isArray(keys)) {
    throw new SlaError({
      code: "SLA602",
      message: `the arguments of ${name} must be a mapping (key: value)`,
      location: site.locate([at, name]),
    });
  }
  return { test, keys: keys as Record<string, unknown>, inner: [name] };
}

/** A test of the project wins over ours of the same name, as in dbt. */
function findTest({ genericTests }: Assembly, written: string): KnownTest | undefined {
  const own = genericTests.get(written);
  if (own !== undefined) {
    return { name: written, namespace: null, shape: own.shape, problem: () => undefined, macro: own.use };
  }
  const found = findGenericTest(written);
  if (found === undefined) return undefined;
  const { test, namespace, name } = found;
  return {
    name,
    namespace,
    shape: GENERIC_TESTS[test],
    problem: (args) => argumentProblem(test, args),
    macro: null,
  };
}
