import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv, type ValidateFunction } from "ajv";
import { globSync } from "tinyglobby";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { COMMANDS } from "../../src/cli/command-table.js";
import { generateSchema } from "../../src/commands/generate-schema.js";
import { type SlaError, toSlaErrors } from "../../src/errors/index.js";
import { parseColumnType } from "../../src/manifest/index.js";
import { readSelectorsYml } from "../../src/project/index.js";
import { columnTypePattern } from "../../src/typings/column-type-pattern.js";
import { errorsOf, writeProject } from "../harness/project.js";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

type File = "project" | "properties" | "selectors";
let validators: Record<File, ValidateFunction>;

beforeAll(() => {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allowUnionTypes: true,
  });
  const compiled = (name: File) =>
    ajv.compile(JSON.parse(readFileSync(join(REPOSITORY, `schemas/${name}.schema.json`), "utf8")));
  validators = {
    project: compiled("project"),
    properties: compiled("properties"),
    selectors: compiled("selectors"),
  };
});

/** What a schema says is wrong with a text. */
function wrong(file: File, text: string): string[] {
  const validate = validators[file];
  if (validate(parse(text))) return [];
  return validate.errors!.map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

test("the committed schemas are those of the code", async () => {
  const found = await generateSchema({ projectDir: REPOSITORY, check: true });
  expect(found).toEqual(
    ["project", "properties", "selectors"].map((name) => ({
      path: `schemas/${name}.schema.json`,
      upToDate: true,
    })),
  );
  expect(COMMANDS.some(({ usage }) => String(usage).startsWith("generate"))).toBe(true);
});

/** Every YAML file of the projects in this repository: theirs, those of the guide, those that init makes. */
function yamlFiles(): [path: string, file: File, text: string][] {
  const files = globSync(
    [
      "project.yml",
      "{models,seeds,snapshots,procedures,macros,tests/data}/**/*.yml",
      "{examples,templates}/**/*.yml",
    ],
    {
      cwd: REPOSITORY,
      ignore: ["**/node_modules/**", "**/target/**"],
    },
  ).map((path): [string, string] => [path, readFileSync(join(REPOSITORY, path), "utf8")]);
  const pages = globSync("docs/*.md", { cwd: REPOSITORY }).flatMap((page) =>
    [...readFileSync(join(REPOSITORY, page), "utf8").matchAll(/^```yaml (\S+\.yml)\n([\s\S]*?)^```$/gm)].map(
      (match): [string, string] => [`${page}: ${match[1]}`, match[2]!],
    ),
  );
  return [...files, ...pages]
    .filter(([path]) => !/^(?:examples\/(?!servicenow\/)|deploy\/)|compose|workflow|\.github/.test(path))
    .map(([path, text]) => [
      path,
      path.endsWith("project.yml") ? "project" : path.endsWith("selectors.yml") ? "selectors" : "properties",
      text,
    ]);
}

test("all files of the repository's projects and of the guide are right", () => {
  const files = yamlFiles();
  expect(files.length).toBeGreaterThan(40);
  expect(new Set(files.map(([, file]) => file)).size).toBe(3);
  expect(files.flatMap(([path, file, text]) => wrong(file, text).map((fault) => `${path}${fault}`))).toEqual(
    [],
  );
});

/** What is wrong with a project's selectors, which are read when they are asked for. */
function selectorErrors(dir: string): readonly SlaError[] {
  try {
    readSelectorsYml(dir);
  } catch (error) {
    return toSlaErrors(error);
  }
  return [];
}

/** YAML that the loader refuses by its shape. */
const BROKEN: [file: File, what: string, text: string][] = [
  ["project", "no name", "version: 1"],
  ["project", "a name with a dash", "name: my-shop"],
  ["project", "an unknown key", "name: shop\nmodel: {}"],
  ["project", "too many words", "name: shop\npublish: some"],
  ["project", "a text for a truth", "name: shop\nreuse: perhaps"],
  ["project", "an unknown config key", "name: shop\nmodels:\n  materialised: table"],
  [
    "project",
    "an unknown config key with a plus",
    "name: shop\nmodels:\n  staging:\n    +materialised: table",
  ],
  ["project", "a list for a mapping", "name: shop\nvars: [a]"],
  ["project", "a target of no engine", "name: shop\ntargets:\n  local: { type: oracle }"],
  [
    "project",
    "a target with an unknown key",
    "name: shop\ntargets:\n  local: { type: duckdb, file: x.duckdb }",
  ],
  ["project", "a target without its account", "name: shop\ntarget: x\ntargets:\n  x: { type: mysql }"],
  ["project", "a severity in a folder", "name: shop\nseeds:\n  raw: { delimiter: long }"],
  ["properties", "an unknown kind", "model:\n  - name: m"],
  ["properties", "a model without a name", "models:\n  - description: nothing"],
  ["properties", "an unknown key of a model", "models:\n  - name: m\n    colums: []"],
  ["properties", "a mapping for a list", "models:\n  m: {}"],
  [
    "properties",
    "no type of MySQL's",
    "models:\n  - name: m\n    columns:\n      - { name: a, data_type: strnig }",
  ],
  ["properties", "a column that is a text", "models:\n  - name: m\n    columns: [a]"],
  ["properties", "an unknown config", "models:\n  - name: m\n    config: { materialised: table }"],
  ["properties", "a truth that is none", "models:\n  - name: m\n    config: { enabled: perhaps }"],
  [
    "properties",
    "an unknown period",
    "sources:\n  - name: s\n    tables:\n      - name: t\n        freshness: { warn_after: { count: 1, period: week } }",
  ],
  [
    "properties",
    "a negative age",
    "sources:\n  - name: s\n    tables:\n      - name: t\n        freshness: { warn_after: { count: -1, period: day } }",
  ],
  ["properties", "a version that is none", "version: 3"],
  ["properties", "a privilege that is none", "models:\n  - name: m\n    config: { grants: { drop: [a] } }"],
  ["properties", "a metric without a model", "metrics:\n  - { name: x, numerator: COUNT(*) }"],
  [
    "properties",
    "a currency that is none",
    "metrics:\n  - { name: x, model: ref('m'), numerator: COUNT(*), currency: euro }",
  ],
  [
    "properties",
    "too many decimals",
    "metrics:\n  - { name: x, model: ref('m'), numerator: COUNT(*), decimals: 9 }",
  ],
  ["properties", "an exposure of no type", "exposures:\n  - { name: x, type: poster }"],
  [
    "properties",
    "a sheet of no kind",
    "dashboards:\n  - name: d\n    sheets:\n      - { name: s, kind: cake }",
  ],
  [
    "properties",
    "a sheet wider than the page",
    "dashboards:\n  - name: d\n    layout:\n      - [{ sheet: s, width: 13 }]",
  ],
  ["properties", "a unit test that expects nothing", "unit_tests:\n  - { name: u, model: m }"],
  [
    "properties",
    "rows in an unknown format",
    "unit_tests:\n  - { name: u, model: m, expect: { format: xml, rows: [] } }",
  ],
  ["properties", "an index without columns", "models:\n  - name: m\n    indexes: [{ unique: true }]"],
  ["selectors", "no list", "selectors: { a: b }"],
  ["selectors", "a selector without a name", "selectors:\n  - definition: a"],
  ["selectors", "an unknown key", "selectors:\n  - { name: a, definition: b, defualt: true }"],
];

describe("what the loader refuses, the schema refuses", () => {
  test.each(BROKEN)("%s.yml: %s", async (file, _, text) => {
    expect(wrong(file, text)).not.toEqual([]);
    const path = file === "properties" ? "models/m.yml" : `${file}.yml`;
    const files = { "models/m.sql": "SELECT 1 AS a\n", [path]: text };
    const errors =
      file === "selectors"
        ? selectorErrors(await writeProject(files))
        : await errorsOf(files, { requireTarget: true });
    expect(errors.filter(({ code }) => /^SLA10[345]$/.test(code))).not.toEqual([]);
  });
});

test("every key says what it means", () => {
  const mute: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (value === null || typeof value !== "object") return;
    const { properties } = value as { properties?: Record<string, { description?: string }> };
    for (const [key, schema] of Object.entries(properties ?? {}))
      if (schema.description === undefined && !/const|enum/.test(Object.keys(schema).join()))
        mute.push(`${path}.${key}`);
    for (const [key, inner] of Object.entries(value)) visit(inner, `${path}/${key}`);
  };
  for (const name of ["project", "properties", "selectors"])
    visit(JSON.parse(readFileSync(join(REPOSITORY, `schemas/${name}.schema.json`), "utf8")), name);
  expect(mute).toEqual([]);
});

test.each([
  "bigint",
  "VARCHAR(20)",
  "decimal(10, 2) unsigned",
  "enum('a','b')",
  "double precision",
  "datetime(6)",
  "tinyint(1)",
  "int(11) UNSIGNED ZEROFILL",
])("%s is a type by the schema as by the loader", (type) => {
  expect(parseColumnType(type)).toBeDefined();
  expect(type).toMatch(new RegExp(columnTypePattern()));
});

test("VS Code is told which file has which schema", () => {
  const settings = JSON.parse(readFileSync(join(REPOSITORY, ".vscode/settings.json"), "utf8"));
  expect(Object.keys(settings["yaml.schemas"]).every((path) => existsSync(join(REPOSITORY, path)))).toBe(
    true,
  );
});
