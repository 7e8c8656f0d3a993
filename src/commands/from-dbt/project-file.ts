import type { ResourceType } from "../../manifest/index.js";
import { locateYaml, parseYaml, type YamlPath } from "../../project/index.js";
import { MATERIALIZATIONS, mapConfigKey } from "./config-keys.js";
import type { Findings } from "./findings.js";
import type { DbtFile } from "./template-file.js";

type Mapping = Record<string, unknown>;
const isMapping = (value: unknown): value is Mapping =>
  value !== null && typeof value === "object" && !Array.isArray(value);
const paths = (value: unknown, other: string[]): string[] =>
  Array.isArray(value) ? value.map((path) => String(path).replace(/^\.\/|\/+$/g, "")) : other;

/** What a dbt_project.yml says. */
export interface DbtProject {
  name: string;
  profile: string | undefined;
  paths: Record<"models" | "seeds" | "snapshots" | "macros" | "tests" | "analyses" | "docs", string[]>;
  data: Mapping;
  file: DbtFile;
}

/** Reads a dbt_project.yml. */
export function readDbtProject(file: DbtFile): DbtProject {
  const parsed = parseYaml(file);
  const data = isMapping(parsed) ? parsed : {};
  const models = paths(data["model-paths"] ?? data["source-paths"], ["models"]);
  const found = {
    models,
    seeds: paths(data["seed-paths"] ?? data["data-paths"], ["seeds"]),
    snapshots: paths(data["snapshot-paths"], ["snapshots"]),
    macros: paths(data["macro-paths"], ["macros"]),
    tests: paths(data["test-paths"], ["tests"]),
    analyses: paths(data["analysis-paths"], ["analyses"]),
  };
  const docs = paths(data["docs-paths"], Object.values(found).flat());
  return {
    name: String(data.name ?? "").replace(/\W/g, "_") || "project",
    profile: typeof data.profile === "string" ? data.profile : undefined,
    paths: { ...found, docs },
    data,
    file,
  };
}

/** Keys that name folders, versions and the like, and are taken over in another way or not needed. */
const SILENT = new Set(
  (
    "name version profile config-version require-dbt-version model-paths source-paths seed-paths data-paths snapshot-paths macro-paths test-paths " +
    "analysis-paths docs-paths asset-paths target-path log-path packages-install-path clean-targets vars query-comment flags"
  ).split(" "),
);
const TREES: Record<string, ResourceType> = {
  models: "model",
  seeds: "seed",
  snapshots: "snapshot",
  sources: "source",
  tests: "test",
  data_tests: "test",
};
const ADVICE: Record<string, string> = {
  "on-run-start": "There are no hooks of a run here: do it before `sla build`.",
  "on-run-end": "There are no hooks of a run here: grants are config, and the ledger records each run.",
  dispatch: "Packages are not searched for macros here.",
  "restrict-access": "There are no groups here.",
};

/** A dbt_project.yml as a project.yml; `folders` are those that hold nodes, as dotted paths below the paths of their kind. */
export function convertProject(
  project: DbtProject,
  folders: ReadonlySet<string>,
  findings: Findings,
): Mapping {
  const { data, file, name } = project;
  const line = (path: YamlPath): number => locateYaml(file, path, "key").line ?? 1;
  const left = (path: YamlPath, kind: "todo" | "check", what: string, advice?: string): void =>
    findings.add({ kind, path: file.path, line: line(path), what, advice });
  const made: Mapping = { name, version: String(data.version ?? "1.0.0") };
  const own: [string, string[], string[]][] = [
    ["model-paths", project.paths.models, ["models"]],
    ["seed-paths", project.paths.seeds, ["seeds"]],
    ["snapshot-paths", project.paths.snapshots, ["snapshots"]],
    ["macro-paths", project.paths.macros, ["macros"]],
  ];
  for (const [key, given, usual] of own) if (given.join() !== usual.join()) made[key] = given;
  const tests = [...new Set([...project.paths.tests, "tests"])];
  if (tests.length > 1) made["test-paths"] = tests;
  const vars = isMapping(data.vars) ? data.vars : {};
  const shared: Mapping = {};
  for (const [key, value] of Object.entries(vars)) {
    if (key === name && isMapping(value)) Object.assign(shared, value);
    else if (isMapping(value))
      left(
        ["vars", key],
        "todo",
        `variables of ${key} are left out`,
        "Templates read values and lists here; variables of a package stay with it.",
      );
    else if (typeof value === "string" && value.includes("{{"))
      left(["vars", key], "todo", `the variable ${key} is left out: it holds Jinja`, "Write its value.");
    else shared[key] = value;
  }
  if (Object.keys(shared).length > 0) made.vars = shared;
  for (const key of Object.keys(data)) {
    const type = TREES[key];
    if (type !== undefined) {
      const tree = convertTree(data[key], [key], type, []);
      if (Object.keys(tree).length > 0) made[key] = tree;
    } else if (!SILENT.has(key) && !isEmpty(data[key])) {
      left([key], Object.hasOwn(ADVICE, key) ? "todo" : "check", `${key} is left out`, ADVICE[key]);
    }
  }
  return made;

  function convertTree(value: unknown, path: string[], type: ResourceType, below: string[]): Mapping {
    const tree: Mapping = {};
    for (const [key, inner] of Object.entries(isMapping(value) ? value : {})) {
      const at = [...path, key];
      const folder = [...below, key].join(".");
      const isPackage = below.length === 0 && key === name && isMapping(inner);
      if (isPackage) Object.assign(tree, convertTree(inner, at, type, []));
      else if (
        !key.startsWith("+") &&
        folders.has(`${path[0] === "data_tests" ? "tests" : path[0]}.${folder}`) &&
        isMapping(inner)
      )
        tree[key] = convertTree(inner, at, type, [...below, key]);
      else {
        const mapped = mapConfigKey(type, key);
        const isFolder =
          isMapping(inner) && !key.startsWith("+") && "missing" in mapped && mapped.missing === "todo";
        if (isFolder)
          left(
            at,
            "check",
            `config of ${folder} is left out: there is no such folder`,
            "It is of a package, or of a folder that is gone.",
          );
        else if ("missing" in mapped) left(at, mapped.missing, `config ${key} is left out`, mapped.advice);
        else if (typeof inner === "string" && inner.includes("{{"))
          left(
            at,
            "todo",
            `config ${key} is left out: it holds Jinja`,
            'Write its value, or config in the models: enabled=(eq target.name "prod").',
          );
        else if (mapped.key === "materialized" && !MATERIALIZATIONS.includes(String(inner)))
          left(at, "todo", `materialized ${inner} is left out`, "See docs/models.md.");
        else tree[`+${mapped.key}`] = inner;
      }
    }
    return tree;
  }
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
  );
}
