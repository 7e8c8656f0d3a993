import { SlaError } from "../errors/index.js";
import { type RelationalNode, readables, type TestNode, testId } from "../manifest/index.js";
import type { ColumnProperties } from "../project/index.js";
import {
  type Assembly,
  collect,
  declarationOf,
  filesOf,
  foldersOf,
  identify,
  type TestSite,
} from "./assembly.js";
import { genericTest, storedFailures } from "./generic-test.js";
import { resolveConfig, templateLayer } from "./node-parts.js";
import { locate, type Placed, type PropertiesIndex } from "./properties-index.js";
import { unrenderedConfig } from "./static-value.js";
import { readSqlFile } from "./template-facts.js";
import { readUnitTests } from "./unit-tests.js";

/** Makes a node of every test: those in properties and in code, and the files of the test folders. */
export function readTests(assembly: Assembly, properties: PropertiesIndex): void {
  for (const site of [...assembly.declaredTests, ...sitesInProperties(assembly, properties)]) {
    for (const at of site.entries.keys()) {
      const node = collect(assembly.errors, () => genericTest(assembly, site, at));
      if (node !== undefined) assembly.tests.push(node);
    }
  }
  readSingularTests(assembly, properties);
  readUnitTests(assembly, properties);
  refuseRepeated(assembly);
}

function* sitesInProperties(assembly: Assembly, properties: PropertiesIndex): Generator<TestSite> {
  const byName = (nodes: readonly RelationalNode[]) => new Map(nodes.map((node) => [node.name, node]));
  const models = byName(assembly.models);
  const seeds = byName(assembly.seeds);
  for (const [name, placed] of properties.models)
    yield* sitesOf(assembly, models.get(name), placed, placed.entry, []);
  for (const [name, placed] of properties.snapshots)
    yield* sitesOf(assembly, models.get(name), placed, placed.entry, []);
  for (const [name, placed] of properties.seeds)
    yield* sitesOf(assembly, seeds.get(name), placed, placed.entry, []);
  const written = byName(assembly.procedures.flatMap(readables));
  for (const [name, placed] of properties.procedures) {
    if (!assembly.procedures.some((node) => node.name === name)) continue;
    for (const [at, table] of placed.entry.tables.entries())
      yield* sitesOf(assembly, written.get(table.name), placed, table, ["tables", at]);
  }
  const sources = new Map(assembly.sources.map((node) => [`${node.source_name}.${node.name}`, node]));
  for (const [name, placed] of properties.sources) {
    for (const [at, table] of placed.entry.tables.entries()) {
      yield* sitesOf(assembly, sources.get(`${name}.${table.name}`), placed, table, ["tables", at]);
    }
  }
}

interface Tested {
  tests: ColumnProperties["tests"];
  data_tests: ColumnProperties["tests"];
  columns: readonly ColumnProperties[];
}

function* sitesOf(
  assembly: Assembly,
  target: RelationalNode | undefined,
  placed: Placed<unknown>,
  entry: Tested,
  base: readonly (string | number)[],
): Generator<TestSite> {
  if (target === undefined) return;
  const { path } = placed;
  const shared = { target, path, folders: foldersOf(placed) };
  for (const key of ["tests", "data_tests"] as const) {
    if (entry[key].length > 0) {
      const where: TestSite["locate"] = (inner, what) =>
        locate(assembly, placed, [...base, key, ...inner], what);
      yield { ...shared, column: null, columnTags: [], entries: entry[key], locate: where };
    }
    for (const [at, column] of entry.columns.entries()) {
      if (column[key].length === 0) continue;
      const where: TestSite["locate"] = (inner, what) =>
        locate(assembly, placed, [...base, "columns", at, key, ...inner], what);
      const columnTags = [...(column.tags ?? []), ...(column.config?.tags ?? [])];
      yield { ...shared, column: column.name, columnTags, entries: column[key], locate: where };
    }
  }
}

function readSingularTests(assembly: Assembly, properties: PropertiesIndex): void {
  const { project, errors } = assembly;
  for (const file of filesOf(assembly, project.paths.tests, /\.sql$/)) {
    if (/^(?:generic|fixtures)\//.test(file.path.slice(file.root.length + 1))) continue;
    const sql = collect(errors, () => project.cache.derive(file.path, readSqlFile));
    if (sql === undefined) continue;
    const { name, path, fqn } = identify(file, project.name);
    const placed = properties.tests.get(name);
    const inFile = templateLayer(assembly, "test", file.path, sql.config);
    const config = resolveConfig(assembly, "test", fqn, placed?.entry.config ?? undefined, inFile);
    if (config.warn_if.trimEnd().endsWith("%") || config.error_if.trimEnd().endsWith("%")) {
      errors.push(
        new SlaError({
          code: "SLA602",
          message: `the test "${name}" is a query: how many rows it tests, of which a share could fail, is not known`,
          hint: "Give warn_if and error_if a number of rows, or write a generic test.",
          location: { path: file.path },
        }),
      );
    }
    const node: TestNode = {
      unique_id: testId(project.name, name),
      resource_type: "test",
      name,
      package_name: project.name,
      path,
      original_file_path: file.path,
      patch_path: placed?.path ?? null,
      fqn,
      description: placed?.entry.description ?? "",
      tags: config.tags,
      meta: config.meta,
      config,
      columns: {},
      depends_on: { nodes: [], macros: [] },
      test_type: "singular",
      raw_code: sql.text,
      test_metadata: null,
      column_name: null,
      attached_node: null,
      stored: storedFailures(assembly, config, name),
      refs: sql.refs,
      sources: sql.sources,
    };
    const unrendered = unrenderedConfig(sql.config);
    if (unrendered !== null) node.unrendered_config = unrendered;
    assembly.uses.set(node.unique_id, sql);
    assembly.tests.push(node);
  }
}

function refuseRepeated(assembly: Assembly): void {
  const { tests, errors } = assembly;
  const seen = new Map<string, TestNode>();
  for (const node of tests) {
    const other = seen.get(node.unique_id);
    seen.set(node.unique_id, node);
    if (other === undefined) continue;
    const [here, there] = [node.original_file_path, other.original_file_path];
    errors.push(
      new SlaError({
        code: "SLA105",
        message:
          here === there
            ? `the test "${node.name}" stands twice in ${here}`
            : `the test "${node.name}" stands in ${there} and in ${here}`,
        hint: "Remove one of the two, or give one a name of its own: name: ….",
        location: declarationOf(assembly, node) ?? { path: here },
      }),
    );
  }
}
