import { z } from "zod";
import { didYouMean, SlaError } from "../errors/index.js";
import {
  fitIdentifier,
  type NodeConfig,
  type RefCall,
  type SourceCall,
  type StoredFailures,
  type TestNode,
  testId,
} from "../manifest/index.js";
import { CONFIG_SHAPES, type ConfigLayer } from "../project/index.js";
import type { Assembly, TestSite } from "./assembly.js";
import { genericTestHash, genericTestName } from "./generic-test-name.js";
import { resolveConfig, schemaName } from "./node-parts.js";
import { parseRelationArgument, type RelationArgument } from "./relation-argument.js";
import { type KnownTest, readEntry } from "./test-entry.js";

const CONFIGS: Readonly<Record<string, z.ZodType>> = CONFIG_SHAPES.test.shape;

/** Keys of an entry that are neither arguments nor config. */
const OWN_KEYS = ["name", "description", "arguments", "config"];

/** The node of one entry under `tests:`. */
export function genericTest(assembly: Assembly, site: TestSite, at: number): TestNode {
  const { project } = assembly;
  const { target, column } = site;
  const { test, keys, inner } = readEntry(assembly, site, at);
  const { args, config } = splitKeys(test, keys);
  checkKeys(test, args, config, keys, site, [at, ...inner]);
  const refused = test.shape.refuses?.(target);
  if (refused !== undefined)
    throw new SlaError({
      code: "SLA602",
      message: `the test ${test.name} ${refused}`,
      location: site.locate([at]),
    });
  const columnName = testedColumn(test, column ?? (args.column_name as string | undefined), site, at);
  const kwargs: Record<string, unknown> = { ...args };
  if (columnName !== null) kwargs.column_name = columnName;
  const isSource = target.resource_type === "source";
  const targetName = isSource ? `${target.source_name}_${target.name}` : target.name;
  const written = test.namespace === null ? test.name : `${test.namespace}_${test.name}`;
  const name = genericTestName(isSource ? `source_${written}` : written, targetName, kwargs);
  const given = keys.name as string | undefined;
  const reference = isSource ? `source('${target.source_name}', '${target.name}')` : `ref('${target.name}')`;
  kwargs.model = `{{ get_where_subquery(${reference}) }}`;
  const full = given ?? name.full;
  const alias = given === undefined && name.short !== name.full ? name.short : null;
  if (test.shape.failCalc !== undefined) config.fail_calc ??= test.shape.failCalc;
  const merged = testConfig(assembly, site, config, full);
  const node: TestNode = {
    unique_id: testId(project.name, full, genericTestHash(full, test.name, kwargs, test.namespace)),
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
    raw_code: `{{ ${test.namespace === null ? "" : `${test.namespace}.`}test_${test.name}(**_dbt_generic_test_kwargs) }}`,
    test_metadata: { name: test.name, kwargs, namespace: test.namespace },
    column_name: columnName,
    attached_node: isSource ? null : target.unique_id,
    stored: storedFailures(assembly, merged, given ?? name.short),
    refs: [],
    sources: [],
  };
  addReferences(node, test, site, [at, ...inner]);
  if (test.macro !== null) assembly.uses.set(node.unique_id, { macros: [test.macro], vars: [] });
  assembly.declaredAt.set(node, { site, at });
  return node;
}

/** The column that a test is one of; null for a test of the whole relation. */
function testedColumn(
  { name, shape }: KnownTest,
  column: string | undefined,
  site: TestSite,
  at: number,
): string | null {
  const wrong =
    column === undefined ? shape.column === "required" : shape.column === "none" && site.column !== null;
  if (!wrong) return column ?? null;
  throw new SlaError({
    code: "SLA602",
    message:
      column === undefined ? `the test ${name} is one of a column` : `the test ${name} is none of a column`,
    hint:
      column === undefined
        ? "Put it under a column, or name the column: column_name: …."
        : "Put it under data_tests of the model, seed or source table.",
    location: site.locate([at]),
  });
}

/** Where the failing rows of a test are kept: dbt's schema suffix and its rule for the two keys. */
export function storedFailures(
  assembly: Assembly,
  { store_failures, store_failures_as, schema, alias }: NodeConfig,
  name: string,
): StoredFailures | null {
  const as = store_failures_as ?? (store_failures === true ? "table" : "ephemeral");
  if (as === "ephemeral") return null;
  const identifier = fitIdentifier(alias ?? name);
  return { schema: schemaName(assembly, schema ?? "dbt_test__audit"), identifier, as };
}

/** Arguments and config of an entry: both may stand in a mapping of their own, or side by side. */
function splitKeys({ shape }: KnownTest, keys: Readonly<Record<string, unknown>>) {
  const args = { ...(keys.arguments as Record<string, unknown> | null | undefined) };
  const config = { ...(keys.config as Record<string, unknown> | null | undefined) };
  for (const [key, value] of Object.entries(keys)) {
    if (OWN_KEYS.includes(key)) continue;
    if (Object.hasOwn(CONFIGS, key) && !Object.hasOwn(shape.arguments, key)) config[key] = value;
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
  const isNamed = [assembly.project, assembly.together.packages[0]!.project].some(
    ({ configs }) => configs.test.inner.size > 0,
  );
  if (!isPlain || isNamed) return resolve({ ...config, tags });
  const shared = assembly.sharedTestConfig.value ?? resolve({});
  assembly.sharedTestConfig.value = shared;
  return shared;
}

function checkKeys(
  { name: test, shape: { arguments: shape }, problem }: KnownTest,
  args: Readonly<Record<string, unknown>>,
  config: Record<string, unknown>,
  keys: Readonly<Record<string, unknown>>,
  site: TestSite,
  at: readonly (string | number)[],
): void {
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
  for (const [key, schema] of Object.entries(shape)) check(key, schema as z.ZodType, args[key]);
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
  const together = problem(args);
  if (together !== undefined) {
    throw new SlaError({
      code: "SLA602",
      message: `the test ${test} ${together}`,
      location: site.locate(at.slice(0, 1)),
    });
  }
  for (const key of Object.keys(config)) config[key] = check(key, CONFIGS[key]!, config[key]);
}

/** What the test reads: what it tests, and the relations that its arguments name. */
function addReferences(
  node: TestNode,
  { shape, macro }: KnownTest,
  site: TestSite,
  at: readonly (string | number)[],
): void {
  const { target } = site;
  if (target.resource_type === "source")
    addReference(node, { kind: "source", source: target.source_name, table: target.name });
  else addReference(node, { kind: "ref", package: null, name: target.name });
  const { kwargs } = node.test_metadata!;
  for (const [key, value] of Object.entries(kwargs)) {
    const named = shape.relations?.includes(key) === true;
    // Arguments of the project's own tests are refs when they look like one.
    if (typeof value !== "string" || key === "model" || !(named || macro !== null)) continue;
    const other = parseRelationArgument(value);
    if (other !== undefined) addReference(node, other);
    else if (named) {
      const entry = (site.entries[at[0] as number] as Record<string, object>)[at[1] as string]!;
      const steps = Object.hasOwn(entry, key) ? [] : ["arguments"];
      throw new SlaError({
        code: "SLA602",
        message: `expected ref('model') or source('source', 'table'), found "${value}"`,
        location: site.locate([...at, ...steps, key]),
      });
    }
  }
}

/** Positions in YAML cost a second parse: they are only worth it when something is wrong, and then found by the resolver. */
function addReference(node: TestNode, other: RelationArgument): void {
  const nowhere = { line: 0, column: 0 };
  if (other.kind === "ref")
    node.refs.push({ package: other.package, name: other.name, ...nowhere } satisfies RefCall);
  else node.sources.push({ source: other.source, table: other.table, ...nowhere } satisfies SourceCall);
}
