import { z } from "zod";
import { didYouMean, SlaError } from "../errors/index.js";
import {
  type NodeConfig,
  type RefCall,
  type SourceCall,
  type TestEntry,
  type TestNode,
  testId,
} from "../manifest/index.js";
import { CONFIG_SHAPES, type ConfigLayer } from "../project/index.js";
import type { Assembly, TestSite } from "./assembly.js";
import { genericTestHash, genericTestName } from "./generic-test-name.js";
import { GENERIC_TESTS, type GenericTest } from "./generic-tests.js";
import { resolveConfig } from "./node-parts.js";
import { parseRelationArgument } from "./relation-argument.js";

const CONFIGS: Readonly<Record<string, z.ZodType>> = CONFIG_SHAPES.test.shape;

/** What a test says that is only named. */
const NO_KEYS: Readonly<Record<string, unknown>> = {};

/** Keys of an entry that are neither arguments nor config. */
const OWN_KEYS = ["name", "description", "arguments", "config"];

/** The node of one entry under `tests:`. */
export function genericTest(assembly: Assembly, site: TestSite, at: number): TestNode {
  const { project } = assembly;
  const { target, column } = site;
  const { test, keys, inner } = readEntry(site, at);
  const { args, config } = splitKeys(test, keys);
  if (keys !== NO_KEYS || Object.keys(GENERIC_TESTS[test]).length > 0) {
    checkKeys(test, args, config, keys, site, [at, ...inner]);
  }
  const columnName = column ?? (args.column_name as string | undefined);
  if (columnName === undefined) {
    throw new SlaError({
      code: "SLA602",
      message: `the test ${test} is one of a column`,
      hint: "Put it under a column, or name the column: column_name: ….",
      location: site.locate([at]),
    });
  }
  const kwargs: Record<string, unknown> = { ...args, column_name: columnName };
  const isSource = target.resource_type === "source";
  const targetName = isSource ? `${target.source_name}_${target.name}` : target.name;
  const name = genericTestName(isSource ? `source_${test}` : test, targetName, kwargs);
  const given = keys.name as string | undefined;
  const reference = isSource ? `source('${target.source_name}', '${target.name}')` : `ref('${target.name}')`;
  kwargs.model = `{{ get_where_subquery(${reference}) }}`;
  const full = given ?? name.full;
  const alias = given === undefined && name.short !== name.full ? name.short : null;
  const merged = testConfig(assembly, site, config, full);
  const node: TestNode = {
    unique_id: testId(project.name, full, genericTestHash(full, test, kwargs)),
    resource_type: "test",
    name: full,
    package_name: project.name,
    path: `${given ?? name.short}.sql`,
    original_file_path: site.path,
    patch_path: null,
    fqn: [project.name, ...site.folders, full],
    description: typeof keys.description === "string" ? keys.description : "",
    tags: merged.tags,
    meta: merged.meta,
    config: alias === null || merged.alias !== null ? merged : { ...merged, alias },
    columns: {},
    depends_on: { nodes: [], macros: [] },
    test_type: "generic",
    raw_code: `{{ test_${test}(**_dbt_generic_test_kwargs) }}`,
    test_metadata: { name: test, kwargs },
    column_name: columnName,
    attached_node: isSource ? null : target.unique_id,
    refs: [],
    sources: [],
  };
  addReferences(node, site, [at, ...inner]);
  assembly.declaredAt.set(node, { site, at });
  return node;
}

/** Arguments and config of an entry: both may stand in a mapping of their own, or side by side. */
function splitKeys(test: GenericTest, keys: Readonly<Record<string, unknown>>) {
  const args = { ...(keys.arguments as Record<string, unknown> | null | undefined) };
  const config = { ...(keys.config as Record<string, unknown> | null | undefined) };
  for (const [key, value] of Object.entries(keys)) {
    if (OWN_KEYS.includes(key)) continue;
    if (Object.hasOwn(CONFIGS, key) && !Object.hasOwn(GENERIC_TESTS[test], key)) config[key] = value;
    else args[key] = value;
  }
  return { args, config };
}

/** The config of a test. Most tests of a folder have no config of their own and share one object. */
function testConfig(
  assembly: Assembly,
  site: TestSite,
  config: Record<string, unknown>,
  name: string,
): NodeConfig {
  const resolve = (layer: ConfigLayer) =>
    resolveConfig(assembly, "test", [assembly.project.name, ...site.folders, name], layer);
  const tags = [...site.columnTags, ...((config.tags as string[] | undefined) ?? [])];
  const isPlain = tags.length === 0 && Object.keys(config).length === 0;
  // A test may also be named in project.yml itself.
  if (!isPlain || assembly.project.configs.test.inner.size > 0) return resolve({ ...config, tags });
  const shared = assembly.sharedTestConfig.value ?? resolve({});
  assembly.sharedTestConfig.value = shared;
  return shared;
}

interface Entry {
  test: GenericTest;
  keys: Record<string, unknown>;
  /** Steps from the entry to its keys. */
  inner: (string | number)[];
}

function readEntry(site: TestSite, at: number): Entry {
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
  if (!Object.hasOwn(GENERIC_TESTS, name)) {
    const known = Object.keys(GENERIC_TESTS);
    throw new SlaError({
      code: "SLA602",
      message: `there is no test "${name}"`,
      hint: didYouMean(name, known) ?? `Tests are ${known.join(", ")}.`,
      location: typeof entry === "string" ? site.locate([at]) : site.locate([at, name], "key"),
    });
  }
  const keys = typeof entry === "string" ? NO_KEYS : (entry[name] ?? NO_KEYS);
  if (typeof keys !== "object" || Array.isArray(keys)) {
    throw new SlaError({
      code: "SLA602",
      message: `the arguments of ${name} must be a mapping (key: value)`,
      location: site.locate([at, name]),
    });
  }
  return { test: name as GenericTest, keys: keys as Record<string, unknown>, inner: [name] };
}

function checkKeys(
  test: GenericTest,
  args: Readonly<Record<string, unknown>>,
  config: Record<string, unknown>,
  keys: Readonly<Record<string, unknown>>,
  site: TestSite,
  at: readonly (string | number)[],
): void {
  const shape: Readonly<Record<string, z.ZodType>> = GENERIC_TESTS[test];
  const within = (key: string) => {
    const parent = (["arguments", "config"] as const).find((outer) =>
      Object.hasOwn((keys[outer] as object | null) ?? {}, key),
    );
    return [...at, ...(parent === undefined ? [] : [parent]), key];
  };
  const check = (key: string, schema: z.ZodType, value: unknown): unknown => {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    const expected = result.error.issues[0]!.message.replace(/^Invalid (?:input|option): /, "").replace(
      /, received .*$/,
      "",
    );
    throw new SlaError({
      code: "SLA602",
      message:
        value === undefined
          ? `the test ${test} needs the argument "${key}"`
          : `${key} of the test ${test}: ${expected}`,
      location: value === undefined ? site.locate(at) : site.locate(within(key)),
    });
  };
  for (const [key, schema] of Object.entries(shape)) check(key, schema, args[key]);
  if (args.column_name !== undefined) check("column_name", z.string(), args.column_name);
  const unknown = Object.keys(args).find((key) => key !== "column_name" && !Object.hasOwn(shape, key));
  const unknownConfig = Object.keys(config).find((key) => !Object.hasOwn(CONFIGS, key));
  if (unknown !== undefined || unknownConfig !== undefined) {
    const key = (unknown ?? unknownConfig)!;
    const known = [...(unknown === undefined ? [] : Object.keys(shape)), ...Object.keys(CONFIGS)];
    throw new SlaError({
      code: "SLA103",
      message: `the test ${test} has no ${unknown === undefined ? "config" : "argument"} "${key}"`,
      hint: didYouMean(key, known) ?? `Known keys are ${known.join(", ")}.`,
      location: site.locate(within(key), "key"),
    });
  }
  for (const key of Object.keys(config)) config[key] = check(key, CONFIGS[key]!, config[key]);
}

/** What the test reads: what it tests, and the other side of a relationship. */
function addReferences(node: TestNode, site: TestSite, at: readonly (string | number)[]): void {
  const { target } = site;
  const nowhere = { line: 0, column: 0 };
  if (target.resource_type === "source")
    node.sources.push({ source: target.source_name, table: target.name, ...nowhere });
  else node.refs.push({ package: null, name: target.name, ...nowhere });
  const to = node.test_metadata!.kwargs.to;
  if (typeof to !== "string") return;
  const other = parseRelationArgument(to);
  const steps = Object.hasOwn(
    (site.entries[at[0] as number] as Record<string, object>)[at[1] as string]!,
    "to",
  )
    ? []
    : ["arguments"];
  const location = () => site.locate([...at, ...steps, "to"]);
  if (other === undefined) {
    throw new SlaError({
      code: "SLA602",
      message: `expected ref('model') or source('source', 'table'), found "${to}"`,
      location: location(),
    });
  }
  // Positions in YAML cost a second parse: they are only worth it when something is wrong, and then found by the resolver.
  if (other.kind === "ref")
    node.refs.push({ package: other.package, name: other.name, ...nowhere } satisfies RefCall);
  else node.sources.push({ source: other.source, table: other.table, ...nowhere } satisfies SourceCall);
}
