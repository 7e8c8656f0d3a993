import { findGenericTest } from "../../compile/index.js";
import type { ResourceType } from "../../manifest/index.js";
import { editYaml, locateYaml, parseYaml, type YamlEdit, type YamlPath } from "../../project/index.js";
import { MATERIALIZATIONS, mapConfigKey } from "./config-keys.js";
import { evaluate } from "./evaluate.js";
import { JinjaProblem } from "./jinja-expression.js";
import { parseJinja } from "./jinja-template.js";
import { plain } from "./jinja-value.js";
import { Scope } from "./scope.js";
import { columnType } from "./sql-types.js";
import { type DbtFile, type Shared, surroundings } from "./template-file.js";

type Mapping = Record<string, unknown>;
const isMapping = (value: unknown): value is Mapping =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** Properties files know these, and more about none of them. */
const NODE = ["name", "description", "columns", "tests", "data_tests", "tags", "meta", "config"];
const KNOWN: Record<string, readonly string[]> = {
  models: NODE,
  seeds: NODE,
  snapshots: [...NODE, "relation"],
  sources: [
    "name",
    "description",
    "schema",
    "loader",
    "tags",
    "meta",
    "config",
    "tables",
    "freshness",
    "loaded_at_field",
    "loaded_at_query",
  ],
  macros: ["name", "description", "arguments"],
  unit_tests: ["name", "description", "model", "given", "expect", "overrides", "tags", "meta", "config"],
  exposures: [
    "name",
    "label",
    "description",
    "type",
    "maturity",
    "url",
    "owner",
    "depends_on",
    "tags",
    "meta",
    "config",
  ],
  tests: ["name", "description", "config"],
  data_tests: ["name", "description", "config"],
};
const TABLE = [...NODE, "identifier", "freshness", "loaded_at_field", "loaded_at_query"];
const COLUMN = ["name", "description", "data_type", "tests", "data_tests", "tags", "meta", "config"];
const TYPES: Record<string, ResourceType> = {
  models: "model",
  seeds: "seed",
  snapshots: "snapshot",
  sources: "source",
};
/** Keys whose absence changes nothing. */
const HARMLESS = [
  "docs",
  "quote",
  "quoting",
  "version",
  "database",
  "loader",
  "overrides",
  "policy_tags",
  "granularity",
  "dimension",
];

const ADVICE: Record<string, string> = {
  groups: "There are no groups here.",
  semantic_models: "Figures are defined under metrics: see docs/metrics.md.",
  metrics: "Metrics are defined by aggregates of a model: see docs/metrics.md.",
  saved_queries: "A dashboard may show it: see docs/dashboards.md.",
  versions: "There are no versions here: name each file as a model of its own.",
  latest_version: "There are no versions here: name each file as a model of its own.",
  constraints: "Keys are config: primary_key, indexes with unique, and the tests not_null and unique.",
  access: "There are no groups here.",
  group: "There are no groups here.",
};

/** What properties files refer to. */
export interface Known extends Shared {
  /** Texts of `{% docs %}` blocks. */
  docs: ReadonlyMap<string, string>;
  /** Generic tests of the project that were taken over. */
  tests: ReadonlySet<string>;
}

/** A properties file of dbt as one of ours; comments and order stay. */
export function convertProperties(known: Known, file: DbtFile): string {
  const data = parseYaml(file);
  if (!isMapping(data)) return file.text;
  const edits: YamlEdit[] = [];
  const line = (path: YamlPath, what: "key" | "value" = "key"): number =>
    locateYaml(file, path, what).line ?? 1;
  const remove = (path: YamlPath, kind: "todo" | "check", what: string, advice?: string): void => {
    edits.push({ path });
    known.findings.add({ kind, path: file.path, line: line(path), what, advice });
  };
  const keys = (entry: Mapping, path: YamlPath, allowed: readonly string[]): void => {
    for (const key of Object.keys(entry)) {
      if (allowed.includes(key)) continue;
      if (HARMLESS.includes(key)) edits.push({ path: [...path, key] });
      else
        remove(
          [...path, key],
          "todo",
          `${key} of ${String(entry.name ?? "this entry")} is left out`,
          ADVICE[key],
        );
    }
  };
  const config = (value: unknown, path: YamlPath, type: ResourceType): void => {
    if (!isMapping(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      const mapped = mapConfigKey(type, key);
      const at = [...path, key];
      if ("missing" in mapped && !(type === "source" && /^(?:freshness|loaded_at_)/.test(key)))
        remove(at, mapped.missing, `config ${key} is left out`, mapped.advice);
      else if (key === "materialized" && !MATERIALIZATIONS.includes(String(inner)))
        remove(at, "todo", `materialized ${inner} is left out`, "See docs/models.md.");
      else if ("key" in mapped && mapped.key !== key)
        edits.push({ path: at }, { path: [...path, mapped.key], value: inner });
      else if (key === "column_types" && isMapping(inner)) {
        for (const [column, given] of Object.entries(inner)) type_(given, [...at, column]);
      }
    }
  };
  const type_ = (given: unknown, path: YamlPath): void => {
    const type = columnType(String(given));
    if (type === undefined)
      remove(
        path,
        "todo",
        `the type ${given} has no counterpart`,
        "Write a type of MySQL's, such as bigint or varchar(100).",
      );
    else if (type !== given) edits.push({ path, value: type });
  };
  const tests = (entry: Mapping, path: YamlPath): void => {
    for (const key of ["tests", "data_tests"]) {
      const list = entry[key];
      if (!Array.isArray(list)) continue;
      for (const [at, test] of list.entries()) {
        const name = isMapping(test) ? String(test.test_name ?? Object.keys(test)[0]) : String(test);
        if (findGenericTest(name) !== undefined || known.tests.has(name)) continue;
        remove(
          [...path, key, at],
          "todo",
          `the test ${name} is left out`,
          "Tests are listed in docs/tests.md; one of your own goes into tests/generic.",
        );
      }
    }
  };
  const columns = (entry: Mapping, path: YamlPath): void => {
    if (!Array.isArray(entry.columns)) return;
    for (const [at, column] of entry.columns.entries()) {
      if (!isMapping(column)) continue;
      const place = [...path, "columns", at];
      keys(column, place, COLUMN);
      tests(column, place);
      if (column.data_type !== undefined) type_(column.data_type, [...place, "data_type"]);
    }
  };
  const node = (entry: unknown, path: YamlPath, kind: string, allowed: readonly string[]): void => {
    if (!isMapping(entry)) return;
    keys(entry, path, allowed);
    const type = TYPES[kind];
    if (type !== undefined) config(entry.config, [...path, "config"], type);
    if (allowed.includes("columns") || allowed === TABLE) {
      tests(entry, path);
      columns(entry, path);
    }
    if (Array.isArray(entry.tables))
      for (const [at, table] of entry.tables.entries()) node(table, [...path, "tables", at], kind, TABLE);
  };
  for (const [key, list] of Object.entries(data)) {
    if (key === "version") continue;
    if (!Object.hasOwn(KNOWN, key)) remove([key], "todo", `${key} are left out`, ADVICE[key]);
    else if (Array.isArray(list))
      for (const [at, entry] of list.entries()) node(entry, [key, at], key, KNOWN[key]!);
  }
  const removed = (path: YamlPath): boolean =>
    edits.some((edit) => edit.value === undefined && edit.path.every((step, at) => step === path[at]));
  eachString(data, [], (text, path) => {
    if (!/\{[{%]/.test(text) || removed(path)) return;
    try {
      const value = filledIn(known, file, text);
      if (value !== undefined) edits.push({ path, value });
    } catch (error) {
      if (!(error instanceof JinjaProblem)) throw error;
      const where = { kind: "todo" as const, path: file.path, line: line(path, "value") };
      known.findings.add({
        ...where,
        what: `${String(path.at(-1))} is left out: ${error.message}`,
        advice: error.advice ?? "Values in YAML are not rendered here.",
      });
      edits.push({ path });
    }
  });
  return editYaml(file.text, edits);
}

/** The value of a text with Jinja; undefined where it may stay as it is: references are read in this form. */
function filledIn(known: Known, file: DbtFile, text: string): unknown {
  const parts = parseJinja(text);
  if (/^\s*\{\{\s*(?:ref|source)\s*\(/.test(text) && parts.length === 1) return undefined;
  const around = surroundings(known, file, "model");
  around.known = {
    ...around.known,
    doc: (call) => {
      const name = call.args.at(-1);
      const found = name?.kind === "literal" ? known.docs.get(String(name.value)) : undefined;
      if (found === undefined) throw new JinjaProblem("doc() finds no such block", 0);
      return { kind: "constant", value: found };
    },
  };
  const values = parts.map((part) => {
    if (part.kind === "text") return part.text;
    if (part.kind !== "output") throw new JinjaProblem("it has tags", part.at);
    const value = evaluate(part.expression, new Scope(), around);
    if (value.kind !== "constant") throw new JinjaProblem("it is only known when it runs", part.at);
    return plain(value.value);
  });
  return values.length === 1 ? values[0] : values.join("").trim();
}

function eachString(
  value: unknown,
  path: (string | number)[],
  visit: (text: string, path: YamlPath) => void,
): void {
  if (typeof value === "string") visit(value, path);
  else if (Array.isArray(value))
    for (const [at, item] of value.entries()) eachString(item, [...path, at], visit);
  else if (isMapping(value))
    for (const [key, item] of Object.entries(value)) eachString(item, [...path, key], visit);
}
