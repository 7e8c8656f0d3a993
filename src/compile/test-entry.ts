import { didYouMean, SlaError } from "../errors/index.js";
import type { TestEntry } from "../manifest/index.js";
import type { Assembly, OwnTest, TestSite } from "./assembly.js";
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
    const own = assembly.together.packages.flatMap(({ genericTests, project }) =>
      [...genericTests.keys()].map((one) => (project === assembly.project ? one : `${project.name}.${one}`)),
    );
    const known = [...Object.keys(GENERIC_TESTS), ...own];
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

/**
 * `package.test` is that package's. A bare name is looked for in the package that applies it, then in the project, then among ours, as in
 * dbt, and last in all packages, if only one of them has it.
 */
function findTest(assembly: Assembly, written: string): KnownTest | undefined {
  const { packages } = assembly.together;
  const dot = written.indexOf(".");
  if (dot !== -1) {
    const owner = packages.find(({ project }) => project.name === written.slice(0, dot));
    const name = written.slice(dot + 1);
    const own = owner?.genericTests.get(name);
    if (own !== undefined) return knownTest(own, name, owner!.project.name);
  } else {
    const own = assembly.genericTests.get(written);
    if (own !== undefined) return knownTest(own, written, null);
    const root = packages[0]!.genericTests.get(written);
    if (root !== undefined) return knownTest(root, written, null);
  }
  const found = findGenericTest(written);
  if (found === undefined) {
    const [only, ...more] = packages.filter(({ genericTests }) => genericTests.has(written));
    return only === undefined || more.length > 0
      ? undefined
      : knownTest(only.genericTests.get(written)!, written, only.project.name);
  }
  const { test, namespace, name } = found;
  return {
    name,
    namespace,
    shape: GENERIC_TESTS[test],
    problem: (args) => argumentProblem(test, args),
    macro: null,
  };
}

function knownTest({ shape, use }: OwnTest, name: string, namespace: string | null): KnownTest {
  const macro = namespace === null ? use : { ...use, name: `${namespace}.${use.name}` };
  return { name, namespace, shape, problem: () => undefined, macro };
}
