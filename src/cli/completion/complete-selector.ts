import type { Candidate, ProjectWords } from "./candidate.js";

/** Values of methods that do not depend on the project. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  resource_type: ["model", "seed", "source", "snapshot", "test", "unit_test", "exposure", "metric"],
  test_type: ["generic", "singular", "data", "unit"],
  access: ["private", "protected", "public"],
  version: ["latest", "prerelease", "old", "none"],
  state: [
    "new",
    "old",
    "modified",
    "unmodified",
    "modified.body",
    "modified.configs",
    "modified.contract",
    "modified.macros",
    "modified.persisted_descriptions",
    "modified.relation",
  ],
  result: ["success", "error", "fail", "warn", "skipped", "pass"],
  source_status: ["fresher"],
  "config.materialized": ["table", "view", "incremental", "ephemeral", "snapshot", "seed"],
};

/** Methods whose value is another name for what a bare name selects, or a name of the project. */
export const COMPLETED_METHODS: readonly string[] = [
  ...Object.keys(FIXED),
  "tag",
  "path",
  "file",
  "fqn",
  "source",
  "package",
  "exposure",
  "metric",
  "test_name",
  "unit_test",
  "group",
  "selector",
];

/** `+orders`, `tag:nightly,path:models/sta…`: the last criterion of what is written, with its operators. */
export function completeSelector(written: string, words: ProjectWords): Candidate[] {
  const [, before = "", operator = "", criterion = ""] = /^(.*[,\s])?(@|\d*\+)?(.*)$/s.exec(written)!;
  const lead = before + operator;
  const colon = criterion.indexOf(":");
  const found: Candidate[] =
    colon === -1
      ? [...names(words), ...methods(words), ...paths(criterion, words)]
      : valuesOf(criterion, words);
  const all = found.map(({ value, about }) => ({
    value: lead + value,
    ...(about !== undefined && { about }),
  }));
  const isWhole = found.some(({ value }) => value === criterion && !value.endsWith(":"));
  if (isWhole && operator !== "@") all.push({ value: `${written}+`, about: "and all that depends on it" });
  return all;
}

function names({ nodes }: ProjectWords): Candidate[] {
  return nodes.map(({ name, type }) => ({ value: name, about: type }));
}

function methods(words: ProjectWords): Candidate[] {
  return COMPLETED_METHODS.filter((method) => method in FIXED || (words.values[method]?.length ?? 0) > 0).map(
    (method) => ({ value: `${method}:`, about: "selector method" }),
  );
}

function paths(criterion: string, { values }: ProjectWords): Candidate[] {
  return criterion.includes("/") ? (values.path ?? []).map((value) => ({ value, about: "path" })) : [];
}

function valuesOf(criterion: string, words: ProjectWords): Candidate[] {
  const method = criterion.slice(0, criterion.indexOf(":"));
  return [...(FIXED[method] ?? []), ...(words.values[method] ?? [])].map((value) => ({
    value: `${method}:${value}`,
    about: method,
  }));
}
